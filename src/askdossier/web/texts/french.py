"""The chat in French."""

from __future__ import annotations

from askdossier import lang
from askdossier.core import (
    ConsentMissing,
    EmptyCorpus,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    InvalidFilter,
    InvalidQuestion,
    ModelMissing,
    Pending,
    WriterFailed,
)
from askdossier.web.texts.french_errors import said
from askdossier.web.texts.words import Texts, duration


def _pending(pending: Pending) -> str:
    if pending.outdated:
        return "Les fichiers peuvent maintenant être mieux lus : l’index est à refaire."
    counts = {
        "nouveau": len(pending.added),
        "modifié": len(pending.changed),
        "disparu": len(pending.removed),
    }
    parts = []
    for what, n in counts.items():
        if n:
            plural = "x" if what == "nouveau" else "s"
            parts.append(f"{n}\N{NO-BREAK SPACE}{what}{plural if n > 1 else ''}")
    return f"Fichiers qui ont changé depuis l’indexation : {', '.join(parts)}."


FRENCH = Texts(
    language="fr",
    tagline="Interroger un dossier, vérifier chaque phrase",
    promise=(
        "Chaque phrase de la réponse renvoie aux mots exacts qui l’étayent. "
        "Si le dossier ne le dit pas, la réponse est : il ne le dit pas."
    ),
    welcome="Que voulez-vous savoir ?",
    documents=lambda n: f"{n} document" if n < 2 else f"{n} documents",
    library="Le dossier",
    placeholder="Posez une question au dossier",
    ask="Demander",
    stop="Arrêter",
    hint="Entrée pour demander, Maj + Entrée pour aller à la ligne, Échap pour arrêter",
    question="Question",
    answer="Réponse",
    searching="Recherche dans le dossier…",
    writing="Rédaction, puis vérification de chaque phrase…",
    checked=lambda n: (
        f"{n} phrase vérifiée, la suite vient…"
        if n == 1
        else f"{n} phrases vérifiées, la suite vient…"
    ),
    waiting=lambda n: (
        "En file d’attente : une question passe avant la vôtre."
        if n == 1
        else f"En file d’attente : {n} questions passent avant la vôtre."
    ),
    stopped="Arrêté à votre demande.",
    done=lambda seconds: f"Répondu en {seconds} s",
    nothing_found="Aucun passage du dossier ne s’en approche.",
    found=lambda n: "Passage trouvé" if n < 2 else "Passages trouvés",
    references="Sources",
    consulted=lambda n: "Un autre passage consulté" if n == 1 else f"{n} autres passages consultés",
    nearest="Passages les plus proches",
    possible="Passage qui répond peut-être – à lire et à juger vous-même",
    abstained="Le dossier ne le dit pas",
    doubtful=lambda n: (
        "Un autre passage, moins sûr" if n == 1 else f"{n} autres passages, moins sûrs"
    ),
    support={
        "supported": "étayé par la source",
        "quoted": "cité mot pour mot",
        "partly": "étayé en partie",
        "unsupported": "non étayé",
    },
    legend="Signes",
    because="En partie seulement :",
    citation=lambda n: f"Source {n}",
    source="Source",
    close="Fermer la source",
    back="Tous les documents",
    original="Voir l’original",
    licence="Licence",
    recognised="Texte reconnu dans une numérisation : à vérifier sur les pages",
    file="Fichier",
    also="dit aussi dans",
    understood="Compris ainsi",
    no_source="Ce passage n’est plus dans le dossier. Rechargez la page.",
    panel="Source et documents",
    loading="Chargement des modèles… Vous pouvez déjà écrire votre question.",
    empty_title="Le dossier est vide",
    empty_steps=(
        "Ajoutez des documents : déposez-les ici, ou choisissez-les.",
        "Ils sont lus et indexés sur cet ordinateur ; rien n’en sort.",
        "Posez votre question.",
    ),
    failures={
        InvalidQuestion: (
            "Cette question ne peut pas être posée",
            "Écrivez une question plus courte : une ou deux phrases suffisent.",
        ),
        InvalidFilter: (
            "Aucun document à interroger",
            "Changez ou effacez les limites posées à la question.",
        ),
        WriterFailed: (
            "Le serveur du modèle de langue ne fait pas sa part",
            "Ce qui a été montré reste. Voyez ce qu’a le serveur, puis réessayez.",
        ),
        ConsentMissing: (
            "Le modèle de langue n’est pas sur cette machine",
            "Autorisez son serveur dans les réglages, ou choisissez un rédacteur d’ici.",
        ),
        ModelMissing: (
            "Un modèle manque",
            "Lancez « askdossier models pull », puis relancez « askdossier chat ».",
        ),
        IndexMissing: (
            "Le dossier n’est pas encore indexé",
            "Lancez « askdossier index corpus », puis relancez « askdossier chat ».",
        ),
        IndexMismatch: (
            "L’index doit être refait",
            "Lancez « askdossier index corpus », puis relancez « askdossier chat ».",
        ),
        IndexBusy: (
            "L’index est en cours d’écriture",
            "Attendez la fin de l’indexation, puis reposez la question.",
        ),
        EmptyCorpus: (
            "Le dossier est vide",
            "Déposez des documents dans corpus/, puis lancez « askdossier index corpus ».",
        ),
    },
    said=said,
    failed="La question n’a pas abouti",
    unexpected=(
        "Une erreur imprévue s’est produite ; le détail est dans le terminal où tourne "
        "askdossier. Reposez la question ou relancez askdossier."
    ),
    interrupted="Interrompu : askdossier s’est arrêté avant la fin de la réponse.",
    copy="Copier",
    export="Exporter",
    export_as=lambda name: f"Exporter en {name}",
    formats={"markdown": "Markdown", "docx": "DOCX", "json": "JSON"},
    judge="Signaler",
    judgements={
        "wrong-source": "Fausse source",
        "incomplete": "Réponse incomplète",
        "off-topic": "Hors sujet",
    },
    retry="Réessayer",
    edit="Modifier",
    undo="Annuler",
    locator=lang.of("fr").named,
    as_image="Voir la page",
    page_image=lambda n: f"Page {n}, telle qu’elle est dans le fichier",
    no_image="La page ne peut pas être montrée",
    no_boxes="Les mots cités n’ont pas pu être repérés avec certitude sur cette page.",
    source_lost="Ces mots ne sont plus dans le dossier",
    source_lost_advice=(
        "Le document a été modifié ou retiré depuis la réponse. Voici les mots cités alors :"
    ),
    source_moved="Le document a changé depuis la réponse ; les mots cités y sont toujours, ici.",
    step=lambda at, total: f"{at} sur {total}",
    previous="Citation précédente",
    next="Citation suivante",
    new="Nouvelle conversation",
    open_side="Dossier",
    thread="Conversation",
    conversations="Conversations",
    no_conversations="Vos conversations seront gardées ici, sur cet ordinateur.",
    search_said="Chercher dans les conversations",
    nothing_said="Aucune conversation ne le contient.",
    questions=lambda n: f"{n} question" if n < 2 else f"{n} questions",
    more="Plus",
    rename="Renommer",
    delete="Supprimer",
    cancel="Annuler",
    script={
        "lost": (
            "La connexion avec askdossier est coupée. Vérifiez qu’il tourne, puis rechargez "
            "la page."
        ),
        "stopping": "Arrêt…",
        "copied": "Réponse copiée avec ses citations.",
        "notCopied": "Le navigateur refuse la copie ; exportez la réponse en Markdown.",
        "rename": "Renommer la conversation",
        "name": "Nom",
        "save": "Enregistrer",
        "delete": "Supprimer cette conversation ?",
        "deleteText": "Ses questions et ses réponses seront effacées de cet ordinateur.",
        "deleteDo": "Supprimer",
        "judge": "Qu’est-ce qui ne va pas ?",
        "comment": "Commentaire (facultatif)",
        "judgeDo": "Envoyer",
        "judged": "Merci : c’est noté à côté de l’index, et ne quitte pas cet ordinateur.",
        "limited": "Question limitée à la sélection :",
        "one": "1 document",
        "several": "% documents",
        "after": "à partir du %",
        "before": "jusqu’au %",
        "adding": "Ajout de %…",
        "takeOut": "Retirer ce document ?",
        "takeOutText": (
            "Son fichier est mis de côté dans le sous-dossier caché « .removed » du dossier de "
            "documents, d’où vous pouvez le reprendre."
        ),
        "takeOutWithin": "Il se trouve dans %, qui est retiré avec tout ce qu’il contient.",
        "takeOutDo": "Retirer",
        "leave": "Laisser partir des documents ?",
        "leaveDo": "Les laisser partir",
        "allow": "Envoyer du texte à une autre machine ?",
        "allowDo": "L’y envoyer désormais",
        "choosing": "Le rédacteur se charge…",
        "chosen": "Ce rédacteur sert dès la question suivante.",
        "describe": "Fiche du document",
        "describeText": (
            "Gardée dans un petit fichier à côté du document. Un champ vidé reprend ce que dit le "
            "document lui-même."
        ),
        "busy": "Une indexation est déjà en cours ; elle reprendra ces fichiers ensuite.",
        "missing": "Cette conversation n’existe plus.",
    },
    settings="Réglages",
    search="Chercher dans les titres et les textes",
    add="Ajouter des fichiers",
    add_how=(
        "ou les déposer ici : PDF, documents Word, Excel, PowerPoint et LibreOffice, pages web, "
        "courriels, agendas, EPUB, texte, Markdown, CSV, JSON, sous-titres, images de texte, ZIP"
    ),
    scope="Limiter les questions",
    scope_how="Cochez des documents ci-dessous pour n’interroger qu’eux, ou choisissez des dates.",
    after="Du",
    before="Jusqu’au",
    everything="Tout le dossier",
    nothing_here="Aucun document.",
    more_documents=lambda n: (
        f"et {n} autre : précisez la recherche."
        if n == 1
        else f"et {n} autres : précisez la recherche."
    ),
    only=lambda title: f"N’interroger que « {title} »",
    passages=lambda n: f"{n} passage" if n < 2 else f"{n} passages",
    take_out="Retirer du dossier",
    within_file=lambda name: f"dans {name}",
    describe="Modifier la fiche",
    facts={
        "title": "Titre",
        "author": "Auteur",
        "publisher": "Éditeur",
        "date": "Date (2025, 2025-11 ou 2025-11-07)",
        "url": "Adresse (https://…)",
        "licence": "Licence",
    },
    indexed="indexé le",
    states={"changed": "modifié depuis", "gone": "fichier disparu"},
    pending=_pending,
    not_indexed=lambda n: f"{n} fichier non indexé" if n < 2 else f"{n} fichiers non indexés",
    removed=lambda n: f"{n} élément écarté" if n < 2 else f"{n} éléments écartés",
    reasons={
        "menu": "menu",
        "related articles": "articles liés",
        "teaser": "accroche",
        "repeat": "répétition",
        "reading time": "temps de lecture",
        "language switcher": "choix de langue",
        "comment form": "formulaire de commentaire",
        "edit mark": "lien de modification",
        "table of contents": "sommaire",
        "struck through": "barré",
        "deleted (tracked change)": "supprimé (suivi des modifications)",
        "moved elsewhere (tracked change)": "déplacé (suivi des modifications)",
        "formula without a result": "formule sans résultat",
        "hidden": "masqué",
        "empty form field": "champ non rempli",
        "comment": "commentaire",
        "not read": "non lu",
        "subscription": "abonnement",
        "sharing": "partage",
        "footnote mark": "appel de note",
        "text recognition failed": "échec de la reconnaissance de texte",
        "unreadable text layer": "couche de texte illisible",
        "running head": "titre courant",
        "page number": "numéro de page",
        "printed frame": "cadre d’impression",
        "consent": "consentement",
        "picture of the layout, not read": "image de la mise en page, non lue",
        "not JSON": "pas du JSON",
        "encrypted": "chiffré",
        "page frame": "cadre de la page",
        "format not supported": "format non pris en charge",
    },
    languages={
        "fr": "français",
        "en": "anglais",
        "de": "allemand",
        "es": "espagnol",
        "it": "italien",
    },
    already=lambda name: f"« {name} » est déjà dans le dossier.",
    suggested="Questions possibles",
    progress="Avancement",
    stages={
        "fetch": "Téléchargement des modèles, une fois pour toutes…",
        "wait": "Un autre askdossier installe les modèles…",
        "convert": "Préparation des modèles, une fois pour toutes…",
        "checking": "Examen des fichiers…",
        "reading": "Lecture des documents…",
        "recognising": "Reconnaissance du texte des pages numérisées et des images…",
        "embedding": "Indexation des passages…",
        "saving": "Enregistrement de l’index…",
    },
    left=lambda seconds: f"encore {duration(seconds)} environ",
    synced=lambda done: (
        f"Dossier à jour : {len(done.added)} ajoutés, {len(done.changed)} modifiés, "
        f"{len(done.removed)} retirés, {len(done.failed)} illisibles"
        f"{f', {len(done.stale)} gardés tels quels' if done.stale else ''}."
    ),
    reindex="Mettre l’index à jour",
    reindex_how="Relit les fichiers nouveaux ou modifiés ; le reste n’est pas recalculé.",
    interface="Langue de l’interface",
    strictness="Exigence",
    strictness_how=(
        "À quel point il doit être sûr que le dossier répond à la question, et la phrase aussi, "
        "pour qu’une réponse soit montrée. Le choix est gardé avec l’index."
    ),
    lenient="répond dès qu’il peut",
    strict="s’abstient au moindre doute",
    models="Modèles",
    models_how=(
        "« writer » et « embedder » dans askdossier.toml en choisissent d’autres (un nom ou un "
        "dossier) ; puis relancez askdossier. Ce qui y est écrit l’emporte sur ce qui est choisi "
        "ici."
    ),
    allow="Autoriser ce serveur",
    another_writer="un autre, derrière un serveur…",
    server_address="Le serveur et son modèle",
    server_examples="ollama:MODÈLE, openai:URL#MODÈLE",
    use_writer="Utiliser ce rédacteur",
    use_writer_how=(
        "Il rédige dès la question suivante, pour tous ceux qui utilisent ce chat ; le choix est "
        "gardé avec l’index. Un rédacteur qui n’est pas étalonné ne répond que s’il est très sûr. "
        "S’il est sur une autre machine, il reçoit les questions et ce qu’elles trouvent : votre "
        "accord est d’abord demandé."
    ),
    shared_writer=(
        "Plusieurs personnes partagent ce chat : seule celle qui le fait tourner nomme un serveur "
        "qui n’est pas dans la liste."
    ),
    abilities={
        "logprobs": "Donne des probabilités",
        "schema": "Se tient à une forme imposée (schéma JSON)",
        "prefill": "Poursuit un début donné",
        "thinks": "Réfléchit à voix haute",
        "calibrated": "Étalonné",
    },
    yes="oui",
    no="non",
    strict_without="non, donc strict",
    models_load="Un modèle se charge ; choisissez un rédacteur quand ce sera fait.",
    writer_not_loaded=(
        "Ce rédacteur n’a pas pu être chargé ; le journal du programme dit pourquoi."
    ),
    old_writer_stays="Le rédacteur précédent reste en service.",
    would_leave=lambda writer, server: (
        f"Le rédacteur {writer} est à l’adresse {server}, qui n’est pas cette machine : vos "
        "questions, et ce qu’elles trouvent dans les documents, y seraient envoyés. Celles de tous "
        "ceux qui utilisent ce chat aussi."
    ),
    catalogue="Modèles connus, et comment les obtenir",
    megabytes=lambda n: f"{n} Mo",
    on_disk="sur ce disque",
    to_fetch="à télécharger",
    writer="Rédaction",
    embedder="Recherche",
    files="Fichiers",
    corpus="Documents",
    index="Index",
    models_folder="Modèles",
    accessed="consulté le",
    unsaved=lambda why: (
        f"Cette réponse n’a pas encore pu être enregistrée ({why}). Un nouvel essai est fait quand "
        "la conversation est ouverte ou continue ; d’ici là, n’arrêtez pas le programme, ou copiez "
        "la réponse."
    ),
    unchanged=lambda why: f"La conversation n’a pas pu être modifiée ({why}).",
    sign_in="Se connecter",
    user="Utilisateur",
    password="Mot de passe",
    wrong_password="Ce ne sont pas l’utilisateur et le mot de passe.",
    wait_to_sign_in=lambda seconds: (
        f"Trop de mots de passe faux : attendez {duration(seconds)}, puis réessayez."
    ),
    quotes=("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»"),
    months=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    decimal=",",
)
