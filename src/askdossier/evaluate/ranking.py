"""How high the gold stands among the retrieved passages, by ``ir_measures`` (trec_eval)."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def ranking_scores(ranked: Sequence[str], relevant: Collection[str]) -> dict[str, float]:
    """Recall@5 and @20, reciprocal rank and nDCG@10 of one question.

    ``ranked`` are ids of passages, best first; ``relevant`` are those that hold gold, at least one.
    """
    import ir_measures
    from ir_measures import RR, Qrel, R, ScoredDoc, nDCG

    measures = {"recall@5": R @ 5, "recall@20": R @ 20, "mrr": RR @ 20, "ndcg@10": nDCG @ 10}
    qrels = [Qrel("q", passage, 1) for passage in relevant]
    run = [ScoredDoc("q", passage, -float(rank)) for rank, passage in enumerate(ranked)]
    values = {
        found.measure: found.value for found in ir_measures.iter_calc(measures.values(), qrels, run)
    }
    return {name: float(values.get(measure, 0.0)) for name, measure in measures.items()}
