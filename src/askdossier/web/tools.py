"""The functions of ``api`` as tools for a language model: an MCP server on standard input.

The program that wants the tools starts this one and talks to it over the pipes between them, so
that nothing listens on any port.
"""

from __future__ import annotations

import functools
import inspect
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from askdossier.core import DossierError
from askdossier.dossier import Dossier
from askdossier.web.api import Api
from askdossier.web.turn import Line

if TYPE_CHECKING:
    from mcp.server import MCPServer

_log = logging.getLogger(__name__)

_INSTRUCTIONS = (
    "A folder of documents, on this machine. ask answers from them alone, with the exact words "
    "that support each sentence: quote these, with their reference. When it abstains, the "
    "documents do not say. search finds passages, read gives the text around them."
)


def server(archive: Dossier) -> MCPServer:
    """The server, not yet running.

    Raises:
        DossierError: the package ``mcp`` is not installed.
    """
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp_types import ToolAnnotations
    except ImportError as error:
        raise DossierError(
            "The package mcp is not installed. Install it into the environment of askdossier: "
            "pip install --constraint constraints.txt --editable '.[mcp]'"
        ) from error

    def told(function: Callable[..., Any]) -> Callable[..., Any]:
        """``function`` with errors that reach the caller, who may see no others."""

        @functools.wraps(function)
        def told(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except DossierError as error:
                raise ToolError(str(error)) from error

        @functools.wraps(function)
        async def told_later(*args: Any, **kwargs: Any) -> Any:
            try:
                return await function(*args, **kwargs)
            except DossierError as error:
                raise ToolError(str(error)) from error

        return told_later if inspect.iscoroutinefunction(function) else told

    made: MCPServer = MCPServer("askdossier", instructions=_INSTRUCTIONS, log_level="WARNING")
    reads_only = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    for function in Api(archive, Line()).functions:
        made.add_tool(told(function), annotations=reads_only)
    return made


def serve_tools(archive: Dossier) -> None:
    """Answer the program at the other end of standard input until it hangs up.

    Raises:
        DossierError: the package ``mcp`` is not installed.
    """
    made = server(archive)
    threading.Thread(target=_warm_up, args=(archive,), daemon=True).start()
    made.run("stdio")


def _warm_up(archive: Dossier) -> None:
    """Load the models before the first question. What goes wrong is told at that question."""
    try:
        archive.warm_up()
    except DossierError as error:
        _log.warning("%s", error)
