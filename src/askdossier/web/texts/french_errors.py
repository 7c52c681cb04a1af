"""The errors that a reader of the chat may meet, in French.

A test compares the keys with the messages in the source, so that none is forgotten or goes stale.
"""

from __future__ import annotations

from askdossier.web.texts.errors import translator

ENTRIES = {
    # --- questions ---
    "The question is empty: write one.": "La question est vide : écrivez-en une.",
    "The question has {length} characters; please ask in at most {most}.": (
        "La question compte {length} caractères ; posez-la en {most} au plus."
    ),
    "{written} is not a date: write 2025, 2025-06, 2025-06-15, 06/2025 or 15/06/2025.": (
        "« {written} » n’est pas une date : écrivez 2025, 2025-06, 2025-06-15, 06/2025 ou "
        "15/06/2025."
    ),
    "{written} is not a language: write fr, en, or another such code.": (
        "« {written} » n’est pas une langue : écrivez fr, en ou un autre code de ce genre."
    ),
    "No document fits {filter}. askdossier docs lists the documents with their authors and "
    "dates.": (
        "Aucun document ne répond à {filter}. « Le dossier » montre les documents avec leurs "
        "auteurs et leurs dates."
    ),
    "No document is called {name}, by its path or its title. askdossier docs lists them.": (
        "Aucun document ne s’appelle « {name} », ni son fichier ni son titre. « Le dossier » les "
        "montre."
    ),
    "{number} of your questions are being answered already. Wait for one of them, or stop it.": (
        "{number} de vos questions attendent déjà leur réponse. Attendez la fin de l’une d’elles, "
        "ou arrêtez-la."
    ),
    "{number} questions are being answered already. Ask again in a while.": (
        "{number} questions attendent déjà leur réponse. Reposez la vôtre dans un moment."
    ),
    "What {path} holds is not a conversation, and it is left as it is. Move it elsewhere, or go on "
    "in a new conversation.": (
        "Ce que contient {path} n’est pas une conversation, et reste tel quel. Déplacez ce "
        "fichier, ou continuez dans une nouvelle conversation."
    ),
    # --- files that are not indexed ---
    "there is no text in it": "il ne contient pas de texte",
    "not a regular file": "ce n’est pas un fichier ordinaire",
    "a link that leads nowhere": "un lien qui ne mène nulle part",
    "a link that leaves the corpus folder; copy the file there instead": (
        "un lien qui sort du dossier de documents ; copiez-y plutôt le fichier"
    ),
    "a link to a folder; its files are indexed where they are": (
        "un lien vers un dossier ; ses fichiers sont indexés là où ils sont"
    ),
    "its name holds characters that cannot be shown; rename it": (
        "son nom contient des caractères qu’on ne peut pas montrer ; renommez-le"
    ),
    "the folder cannot be opened: {reason}": "le dossier ne s’ouvre pas : {reason}",
    "it cannot be looked at: {reason}": "il ne peut pas être examiné : {reason}",
    "it cannot be opened: {reason}": "il ne s’ouvre pas : {reason}",
    "it cannot be embedded: {reason}": "il ne peut pas être indexé : {reason}",
    "{name} is of a kind that cannot be read. Convert it to one of: {known}": (
        "{name} est d’un format qui n’est pas lu. Convertissez-le en : {known}"
    ),
    "{name} is not a whole ZIP archive. Make it again, or unpack it and index its files.": (
        "{name} n’est pas une archive ZIP entière. Refaites-la, ou décompressez-la et indexez ses "
        "fichiers."
    ),
    "{name} is locked with a password in its archive. Unpack the archive and index its files.": (
        "{name} est protégé par un mot de passe dans son archive. Décompressez l’archive et "
        "indexez ses fichiers."
    ),
    "{name} cannot be unpacked: it is damaged, or packed in an unknown way. Unpack the archive "
    "with another program and index its files.": (
        "{name} ne peut pas être extrait : il est abîmé, ou compressé d’une façon inconnue. "
        "Décompressez l’archive avec un autre programme et indexez ses fichiers."
    ),
    "a link in an archive; put the file itself there": (
        "un lien dans une archive ; mettez-y le fichier lui-même"
    ),
    "it lies in a file in a file in a file… Unpack them and index what they hold.": (
        "il est dans un fichier dans un fichier dans un fichier… Décompressez-les et indexez ce "
        "qu’ils contiennent."
    ),
    "it is not read, nor what comes after it: {name} holds more than {count} documents or {size} "
    "GB. Unpack it and index its files.": (
        "il n’est pas lu, ni ce qui le suit : {name} contient plus de {count} documents ou de "
        "{size} Go. Décompressez-le et indexez ses fichiers."
    ),
    "{number} documents in {name} cannot be read within the limits: what comes after them is not "
    "read. Unpack it and index its files.": (
        "{number} documents de {name} ne peuvent être lus dans les limites : ce qui les suit "
        "n’est pas lu. Décompressez-le et indexez ses fichiers."
    ),
    "{name} is not a mailbox. Export it again as mbox, or its messages as EML.": (
        "{name} n’est pas une boîte aux lettres. Exportez-la de nouveau en mbox, ou ses messages "
        "en EML."
    ),
    "{name} is not a message of Outlook, or is damaged. Save it again as MSG or EML.": (
        "{name} n’est pas un message d’Outlook, ou est abîmé. Enregistrez-le de nouveau en MSG ou "
        "EML."
    ),
    "{name} is not JSON ({error}). Export it again as JSON or CSV.": (
        "{name} n’est pas du JSON ({error}). Exportez-le de nouveau en JSON ou CSV."
    ),
    "the line is not JSON ({error}). Export the file again.": (
        "la ligne n’est pas du JSON ({error}). Exportez le fichier de nouveau."
    ),
    "{name} is not a whole picture. Open it in the program that made it and save it again as PNG "
    "or JPEG.": (
        "{name} n’est pas une image entière. Ouvrez-la dans le programme qui l’a créée et "
        "enregistrez-la de nouveau en PNG ou JPEG."
    ),
    "no text could be recognised in the picture": "aucun texte n’a pu être reconnu dans l’image",
    "a picture, whose text is not recognised here. {install}": (
        "une image, dont le texte n’est pas reconnu ici. {install}"
    ),
    "{name} is in an old format that LibreOffice has to convert. Install LibreOffice (apt install "
    "libreoffice-writer libreoffice-impress, or from libreoffice.org) and index again, or save the "
    "file as {kind}.": (
        "{name} est dans un ancien format que LibreOffice doit convertir. Installez LibreOffice "
        "(apt install libreoffice-writer libreoffice-impress, ou depuis libreoffice.org) et "
        "indexez de nouveau, ou enregistrez le fichier en {kind}."
    ),
    "{name} is not rich text. Open it in the program that made it and save it again as RTF or "
    "DOCX.": (
        "{name} n’est pas du texte enrichi. Ouvrez-le dans le programme qui l’a créé et "
        "enregistrez-le de nouveau en RTF ou DOCX."
    ),
    "{name} holds no text: there is nothing to index in it.": (
        "{name} ne contient pas de texte : il n’y a rien à y indexer."
    ),
    "{name} holds no web page. Save the page again as 'web page, complete'.": (
        "{name} ne contient pas de page web. Enregistrez la page de nouveau, « page web complète »."
    ),
    "{name} holds no subtitles. Export them again as SRT or WebVTT.": (
        "{name} ne contient pas de sous-titres. Exportez-les de nouveau en SRT ou en WebVTT."
    ),
    "{name} cannot be opened ({reason}). Check that it still exists and that you may read it.": (
        "{name} ne s’ouvre pas ({reason}). Vérifiez qu’il existe encore et que vous avez le droit "
        "de le lire."
    ),
    "{name} is nested more deeply than any document should be. Check where it comes from, or open "
    "it and save its text alone.": (
        "{name} est imbriqué plus profondément qu’aucun document ne devrait l’être. Vérifiez d’où "
        "il vient, ou ouvrez-le et n’enregistrez que son texte."
    ),
    "{name} ends the program that reads it, or fills its memory. Check where it comes from, or "
    "open it and save its text alone.": (
        "{name} met fin au programme qui le lit, ou remplit sa mémoire. Vérifiez d’où il vient, "
        "ou ouvrez-le et n’enregistrez que son texte."
    ),
    "{name} takes more than {limit} to be read. Check where it comes from, or open it and save its "
    "text alone.": (
        "{name} demande plus de {limit} pour être lu. Vérifiez d’où il vient, ou ouvrez-le et "
        "n’enregistrez que son texte."
    ),
    "{seconds} s of the processor": "{seconds} s de calcul",
    "{size} GB of memory": "{size} Go de mémoire",
    "{seconds} s of the clock": "{seconds} s d’attente",
    "{name} is damaged or protected by a password ({part} cannot be read). Open it in the program "
    "that made it and save it again without a password.": (
        "{name} est abîmé ou protégé par un mot de passe ({part} est illisible). Ouvrez-le dans le "
        "programme qui l’a fait et enregistrez-le de nouveau, sans mot de passe."
    ),
    "{name} unpacks to more than any document should. Check where it comes from.": (
        "{name} contient, décompressé, plus qu’aucun document ne devrait. Vérifiez d’où il vient."
    ),
    "{name} is not text (it holds binary data). Export it as text, PDF or HTML, or take it out of "
    "the corpus.": (
        "{name} n’est pas du texte, mais des données. Exportez-le en texte, PDF ou HTML, ou "
        "retirez-le."
    ),
    "{name} is {kind}, not text. Give it its right file name ending, or export it as text.": (
        "{name} est en réalité un autre fichier ({kind}). Donnez-lui la bonne extension, ou "
        "exportez-le en texte."
    ),
    "a PDF": "un PDF",
    "a zip archive or an office document": "une archive zip ou un document bureautique",
    "an old Word or Excel document": "un ancien document Word ou Excel",
    "a picture": "une image",
    "an RTF document": "un document RTF",
    "a program": "un programme",
    "a compressed file": "un fichier compressé",
    "{name} is not a web page ({reason}). Save the page again as 'web page, complete'.": (
        "{name} n’est pas une page web ({reason}). Enregistrez la page de nouveau, en « page web "
        "complète »."
    ),
    "{name} is no calendar. Save it again as iCalendar (ICS).": (
        "{name} n’est pas un agenda. Enregistrez-le de nouveau en iCalendar (ICS)."
    ),
    "{name} is not an e-mail message. Save it again as EML.": (
        "{name} n’est pas un courriel. Enregistrez-le de nouveau en EML."
    ),
    "{name} is not a regular table ({reason}). Export it again as CSV.": (
        "{name} n’est pas un tableau régulier ({reason}). Exportez-le de nouveau en CSV."
    ),
    "{name} is a scan, and no text could be recognised in it. Scan it again upright, at 300 dots "
    "per inch.": (
        "{name} est numérisé, et aucun texte n’y a été reconnu. Numérisez-le de nouveau, droit, à "
        "300 points par pouce."
    ),
    "{name} is a scan, and Tesseract fails on it: {reason}. Run text recognition (OCR) on it with "
    "another program.": (
        "{name} est numérisé, et Tesseract échoue : {reason}. Passez-le à un autre programme de "
        "reconnaissance de texte."
    ),
    "it takes more than {seconds} s": "il met plus de {seconds} s",
    "it gives no hOCR": "il ne rend pas de hOCR",
    "it ends with status {status}": "il se termine avec le code {status}",
    "{name} has a text layer that is no text: its characters stand for others. {install} and index "
    "again, or print it to a new PDF with recognised text.": (
        "{name} a une couche de texte qui n’en est pas : ses caractères en remplacent d’autres. "
        "{install} et indexez de nouveau, ou imprimez-le dans un nouveau PDF au texte reconnu."
    ),
    "{name} is a scan: it holds pictures of pages and no text. {install} and index again, or run "
    "another program for text recognition (OCR) on it.": (
        "{name} est numérisé : des images de pages, sans texte. {install}, puis mettez l’index à "
        "jour ; ou passez-le à un autre programme de reconnaissance de texte."
    ),
    "Install Tesseract with its French and English data (Debian, Ubuntu: apt install tesseract-ocr "
    "tesseract-ocr-fra; macOS: brew install tesseract tesseract-lang)": (
        "Installez Tesseract avec ses données pour le français et l’anglais (Debian, Ubuntu : apt "
        "install tesseract-ocr tesseract-ocr-fra ; macOS : brew install tesseract tesseract-lang)"
    ),
    "{name} is damaged or no PDF. Open it in a PDF viewer and save it again.": (
        "{name} est abîmé, ou n’est pas un PDF. Ouvrez-le dans un lecteur de PDF et enregistrez-le "
        "de nouveau."
    ),
    "{name} is protected by a password. Open it, print it to a new PDF, and put that one into the "
    "corpus.": (
        "{name} est protégé par un mot de passe. Ouvrez-le, imprimez-le dans un nouveau PDF et "
        "ajoutez celui-ci."
    ),
    "{name} is too large: {size}, where {most} is the most. Split it into smaller files.": (
        "{name} est trop grand : {size}, pour {most} au plus. Partagez-le en fichiers plus petits."
    ),
    "it holds more text than is indexed": "il contient plus de texte qu’on n’en indexe",
    "{size} MB": "{size} Mo",
    "{size} million characters": "{size} millions de caractères",
    "{size} scanned pages": "{size} pages numérisées",
    "page {number} holds {count} characters": "la page {number} contient {count} caractères",
    "{count} on a page": "{count} par page",
    # --- files in and out, and what is stated about them ---
    "“{name}” is not a file name that can be indexed; rename it.": (
        "« {name} » n’est pas un nom de fichier qu’on puisse indexer ; renommez-le."
    ),
    "{name} is no longer in {corpus}; index again to see what is.": (
        "{name} n’est plus dans {corpus} ; mettez l’index à jour pour voir ce qui s’y trouve."
    ),
    "{name} cannot be written into {corpus}: {reason}. Free some space or see to the rights on the "
    "folder.": (
        "{name} ne peut pas être écrit dans {corpus} : {reason}. Libérez de la place ou vérifiez "
        "les droits sur le dossier."
    ),
    "{name} cannot be written: {reason}. Free some space or see to the rights on its folder.": (
        "{name} ne peut pas être écrit : {reason}. Libérez de la place ou vérifiez les droits sur "
        "son dossier."
    ),
    "{name} cannot be moved to {aside}: {reason}. See to the rights on it.": (
        "{name} ne peut pas être déplacé vers {aside} : {reason}. Vérifiez les droits."
    ),
    "{value} is not a date. Write a year, a month or a day: 2025, 2025-11, 2025-11-07 or 7 "
    "novembre 2025.": (
        "« {value} » n’est pas une date. Écrivez une année, un mois ou un jour : 2025, 2025-11, "
        "2025-11-07 ou 7 novembre 2025."
    ),
    "{value} is not a web address. It begins with https:// or http://.": (
        "« {value} » n’est pas une adresse web. Elle commence par https:// ou http://."
    ),
    "{key} is not known. Use {fields}.": "« {key} » n’est pas connu. Écrivez {fields}.",
    "{name} is too large for a few statements about a document. Keep only {fields} in it.": (
        "{name} est trop grand pour une fiche de document. N’y gardez que {fields}."
    ),
    "{name} cannot be read as YAML ({reason}). Correct it or delete it, then sync again.": (
        "{name} n’est pas du YAML lisible ({reason}). Corrigez-le ou supprimez-le, puis mettez "
        "l’index à jour."
    ),
    "{name} holds {unknown}, which is not known. Use {fields}, one 'key: value' per line.": (
        "{name} contient {unknown}, qui n’est pas connu. Écrivez {fields}, à raison d’un « clé : "
        "valeur » par ligne."
    ),
    "There is no document {name} in {corpus}. Write its path as askdossier docs lists it.": (
        "Il n’y a pas de document {name} dans {corpus} : son fichier a disparu. Mettez l’index à "
        "jour."
    ),
    "{name} lies in {file}, and nothing can be stated about it alone. State it about {whole}, or "
    "take the document out of it into a file of its own.": (
        "{name} se trouve dans {file}, et on ne peut rien indiquer sur lui seul. Indiquez-le pour "
        "{whole}, ou sortez-en le document dans un fichier à lui."
    ),
    # --- pages as images ---
    "{name} cannot be shown as an image. Its text is still there; open the file itself to see the "
    "page.": (
        "{name} ne peut pas être montré en image. Son texte reste là ; ouvrez le fichier lui-même "
        "pour voir la page."
    ),
    "{name} has changed since it was indexed: its page could show other words. Index again.": (
        "{name} a changé depuis l’indexation : sa page pourrait porter d’autres mots. Mettez "
        "l’index à jour."
    ),
    "{name} is no longer in {corpus}: its page cannot be shown. Put the file back, or index "
    "again.": (
        "{name} n’est plus dans {corpus} : sa page ne peut pas être montrée. Remettez le fichier, "
        "ou mettez l’index à jour."
    ),
    # --- the index ---
    "There is no index in {folder}. Build it with: {command}": (
        "Il n’y a pas d’index dans {folder}. Pour le faire : {command}"
    ),
    "The index in {folder} was made with the embedder {one}, not {other}: their vectors cannot be "
    "compared. Build it again with: {command}": (
        "L’index de {folder} a été fait avec le modèle de recherche {one}, non avec {other} : "
        "leurs vecteurs ne se comparent pas. Pour le refaire : {command}"
    ),
    "The index in {folder} was made by another version of askdossier (index format {one}, this "
    "version reads {other}). Build it again with: {command}": (
        "L’index de {folder} a été fait par une autre version d’askdossier (format {one}, celle-ci "
        "lit le format {other}). Pour le refaire : {command}"
    ),
    "The index in {folder} is damaged: {what}. Build it again with: {command}": (
        "L’index de {folder} est abîmé : {what}. Pour le refaire : {command}"
    ),
    "Another process is writing the index in {folder}. Wait until it has finished and try again; "
    "questions can be asked meanwhile.": (
        "Un autre programme écrit l’index de {folder}. Attendez qu’il ait fini, puis recommencez ; "
        "vous pouvez poser des questions entre-temps."
    ),
    "The index in {folder} cannot be written: {reason}. The index in use is as it was. Free some "
    "space or see to the rights on the folder, then run the same command again.": (
        "L’index de {folder} ne peut pas être écrit : {reason}. L’index en service est resté "
        "intact. Libérez de la place ou vérifiez les droits sur le dossier, puis recommencez."
    ),
    "There is nothing to index in {corpus}: {what}. Put documents into it and run: {command}": (
        "Il n’y a rien à indexer dans {corpus} : {what}. Ajoutez-y des documents."
    ),
    "it is empty": "il est vide",
    "{count} of {total} documents would leave the index: {why}. The index is as it was. Is the "
    "drive connected, and the folder the right one? If they are to leave, run: {command}": (
        "{count} documents sur {total} quitteraient l’index : {why}. L’index est resté intact. Le "
        "disque est-il branché, et le dossier le bon ?"
    ),
    "their files are gone": "leurs fichiers ont disparu",
    "{folder} is empty": "{folder} est vide",
    "they come from {before}, not from {corpus}": "ils viennent de {before}, non de {corpus}",
    "none of its {count} files can be read by askdossier": (
        "aucun de ses {count} fichiers n’est d’un format lu"
    ),
    "There is no folder {corpus}. Create it and put documents into it, or name another: "
    "{command}": (
        "Il n’y a pas de dossier {corpus}. Ajoutez un document : il sera créé ; ou nommez-en un "
        "autre : {command}"
    ),
    "The folder {corpus} cannot be opened: {reason}. The index is as it was. See to the rights on "
    "the folder or to its drive, then run the same command again.": (
        "Le dossier {corpus} ne s’ouvre pas : {reason}. L’index est resté intact. Vérifiez les "
        "droits sur le dossier, ou son disque, puis recommencez."
    ),
    "The folder {corpus} cannot be opened: {reason}. See to the rights on it or to its drive; "
    "until then, answers come from the index alone.": (
        "Le dossier {corpus} ne s’ouvre pas : {reason}. Vérifiez ses droits, ou son disque ; d’ici "
        "là, les réponses viennent de l’index seul."
    ),
    "The embedder {name} fails on every text ({reason}). The index in use is as it was. Free some "
    "memory or name another embedder, then run the same command again; what has been embedded is "
    "kept.": (
        "Le modèle de recherche {name} échoue sur tous les textes ({reason}). L’index en service "
        "est resté intact. Libérez de la mémoire ou choisissez un autre modèle, puis recommencez ; "
        "ce qui est fait est gardé."
    ),
    "{name} has {found} bytes instead of {expected}": (
        "{name} compte {found} octets au lieu de {expected}"
    ),
    "{name} is missing": "il manque {name}",
    "{name} cannot be read": "{name} est illisible",
    "{name} is not the one that was written": "{name} n’est pas celui qui a été écrit",
    # --- models ---
    "{path} is missing: the model was not installed completely.": (
        "Il manque {path} : le modèle n’a pas été installé en entier."
    ),
    "{path} is damaged.": "{path} est abîmé.",
    "{path} was made from another file or by an earlier version.": (
        "{path} vient d’un autre fichier ou d’une version antérieure."
    ),
    "{path} is missing.": "Il manque {path}.",
    "{path} has {found} bytes instead of {expected}.": (
        "{path} compte {found} octets au lieu de {expected}."
    ),
    "{path} is damaged: its SHA-256 is not the one recorded.": (
        "{path} est abîmé : son SHA-256 n’est pas celui qui a été noté."
    ),
    "The {role} {name} ({title}) is not in {cache}. Run: askdossier models pull {same}  (offline: "
    "copy the folder {again} there from a machine that has it)": (
        "Le modèle {name} ({title}) n’est pas dans {cache}. Lancez : askdossier models pull {same} "
        "(hors ligne : copiez-y le dossier {again} d’une machine qui l’a)"
    ),
    "{problem} Delete the folder {folder}: it is made again when it is needed.": (
        "{problem} Supprimez le dossier {folder} : il sera refait quand il le faudra."
    ),
    "{problem} Run: askdossier models pull {name}": (
        "{problem} Lancez : askdossier models pull {name}"
    ),
    "{name} needs {needed} GB on the disk of {cache}, which has {free} GB left. Make room, or set "
    "ASKDOSSIER_MODELS to a folder on another disk, and run the command again: what is already "
    "there is kept.": (
        "{name} demande {needed} Go sur le disque de {cache}, où il en reste {free}. Faites de la "
        "place, ou donnez à ASKDOSSIER_MODELS un dossier d’un autre disque, et recommencez : ce "
        "qui est déjà là est gardé."
    ),
    "{file} could not be fetched: {reasons}. Check the network (or the pip configuration) and run "
    "again: askdossier models pull {name}  — what is already there is kept. Offline: copy the "
    "folder {same} into {cache} from a machine that has it.": (
        "{file} n’a pas pu être téléchargé : {reasons}. Vérifiez le réseau (ou la configuration de "
        "pip) et relancez : askdossier models pull {name} ; ce qui est déjà là est gardé. Hors "
        "ligne : copiez le dossier {same} dans {cache} depuis une machine qui l’a."
    ),
    "The {role} {name} is neither known nor a folder. {advice}": (
        "Le modèle {name} n’est ni connu, ni un dossier. {advice}"
    ),
    "The {role} {name} is not on disk and the hub does not give it. {advice}": (
        "Le modèle {name} n’est pas sur le disque, et le dépôt en ligne ne le donne pas. {advice}"
    ),
    "There is no file {path}. Correct the path of the GGUF model.": (
        "Il n’y a pas de fichier {path}. Corrigez le chemin du modèle GGUF."
    ),
    "{name} cannot be loaded: {reason}. Run: askdossier models verify, or name another model in "
    "the settings.": (
        "{name} ne se charge pas : {reason}. Lancez : askdossier models verify, ou choisissez un "
        "autre modèle dans les réglages."
    ),
    "{name} is not a text embedding model on transformers. Name another one.": (
        "{name} n’est pas un modèle de recherche pour transformers. Choisissez-en un autre."
    ),
    "{name} tells {count} classes apart, where a reranker gives one score. Name a cross-encoder "
    "that was trained to rank.": (
        "{name} distingue {count} classes, là où un modèle de classement donne une note. "
        "Choisissez-en un autre."
    ),
    # --- writers behind servers ---
    "The writer {name} is at {origin}, which is not this machine: questions and what they find in "
    "the documents would be sent there. If you want that, run: askdossier models allow {server}": (
        "Le rédacteur {name} est à l’adresse {origin}, qui n’est pas cette machine : les questions "
        "et ce qu’elles trouvent dans les documents y seraient envoyés. Si vous le voulez, "
        "lancez : askdossier models allow {server}"
    ),
    "The writer names no address of a server. Write it as {example}": (
        "Le rédacteur ne nomme pas l’adresse d’un serveur. Écrivez-la ainsi : {example}"
    ),
    "The writer names no model of Ollama. Write it as {example}": (
        "Le rédacteur ne nomme pas de modèle d’Ollama. Écrivez-le ainsi : {example}"
    ),
    "The writer's address holds a key or a password, which no setting should: it would be shown "
    "and kept. Write it without, and set ASKDOSSIER_API_KEY.": (
        "L’adresse du rédacteur contient une clé ou un mot de passe, ce qu’aucun réglage ne "
        "devrait : elle serait montrée et gardée. Écrivez-la sans, et donnez la clé à "
        "ASKDOSSIER_API_KEY."
    ),
    "{variable} holds what no key can. Set it again, without line ends.": (
        "{variable} contient ce qu’aucune clé ne peut contenir. Redonnez-la, sans fins de ligne."
    ),
    "The key of {host} in the keyring": "La clé de {host} dans le trousseau",
    "Here only a writer of the list can be chosen, or a server: ollama:MODEL or openai:URL#MODEL. "
    "Name other ones in the settings file, or with --writer.": (
        "Ici ne se choisit qu’un rédacteur de la liste, ou un serveur : ollama:MODÈLE ou "
        "openai:URL#MODÈLE. Nommez les autres dans le fichier de réglages, ou avec --writer."
    ),
    "Several people share this chat: only who runs it names a server that is not in the list. "
    "There, name it with --writer, or run: askdossier models allow URL": (
        "Plusieurs personnes partagent ce chat : seule celle qui le fait tourner nomme un serveur "
        "qui n’est pas dans la liste. Là, nommez-le avec --writer, ou lancez : askdossier models "
        "allow URL"
    ),
    "No server answers at {origin}. Start it ({how}), or name another writer in the settings.": (
        "Aucun serveur ne répond à {origin}. Démarrez-le ({how}), ou nommez un autre rédacteur "
        "dans les réglages."
    ),
    "The server at {origin} has said nothing for {seconds} s. See whether it still works, then ask "
    "again.": (
        "Le serveur à {origin} ne dit rien depuis {seconds} s. Voyez s’il fonctionne encore, puis "
        "reposez la question."
    ),
    "The server at {origin} broke off in the middle of a reply. See whether it still runs, then "
    "ask again.": (
        "Le serveur à {origin} s’est arrêté au milieu d’une réponse. Voyez s’il tourne encore, "
        "puis reposez la question."
    ),
    "The server at {origin} is still loading its model, or has too much to do ({status}). Ask "
    "again in a while.": (
        "Le serveur à {origin} charge encore son modèle, ou a trop à faire ({status}). Reposez la "
        "question dans un moment."
    ),
    "The server at {origin} refuses the key. Set {variable} to one that it takes, and start "
    "askdossier again, or run: keyring set askdossier {host}": (
        "Le serveur à {origin} refuse la clé. Donnez à {variable} une clé qu’il accepte, et "
        "relancez askdossier, ou lancez : keyring set askdossier {host}"
    ),
    "The server at {origin} refuses with {status}: {reason}. See to its address and its model in "
    "the settings, and to its own log.": (
        "Le serveur à {origin} refuse avec {status} : {reason}. Vérifiez son adresse et son modèle "
        "dans les réglages, et voyez son propre journal."
    ),
    "What the server at {origin} replies cannot be understood. See whether its address in the "
    "settings is that of a language model's server.": (
        "Ce que répond le serveur à {origin} ne peut pas être compris. Voyez si son adresse dans "
        "les réglages est celle d’un serveur de modèles de langue."
    ),
    "The server at {origin} has no model {name}, or is no server of language models. Name one of "
    "these in the settings: {known}": (
        "Le serveur à {origin} n’a pas de modèle {name}, ou n’est pas un serveur de modèles de "
        "langue. Nommez l’un de ceux-ci dans les réglages : {known}"
    ),
    "The writer names no model of the server at {origin}. Write #MODEL behind the address, with "
    "one of: {known}": (
        "Le rédacteur ne nomme pas de modèle du serveur à {origin}. Écrivez #MODÈLE derrière "
        "l’adresse, avec l’un de ceux-ci : {known}"
    ),
    "none that it lists": "aucun qu’il nomme",
    "Ollama has no model {name}. Run: ollama pull {model}, or name one that is there: {known}": (
        "Ollama n’a pas de modèle {name}. Lancez : ollama pull {model}, ou nommez-en un qui y "
        "est : {known}"
    ),
    "none": "aucun",
    "The context of {name} is too short to read even one sentence of the documents. Give it a "
    "longer one where the server at {origin} is set up (4096 tokens do), or name another writer in "
    "the settings.": (
        "Le contexte de {name} est trop court pour lire ne serait-ce qu’une phrase des documents. "
        "Donnez-lui-en un plus long là où le serveur à {origin} est réglé (4096 tokens suffisent), "
        "ou nommez un autre rédacteur dans les réglages."
    ),
    "{name} thinks aloud though it was told not to. Ask again: from now on its replies are read "
    "once they are whole.": (
        "{name} réfléchit à voix haute bien qu’on le lui ait interdit. Reposez la question : ses "
        "réponses sont désormais lues une fois entières."
    ),
    "{name} has spent its whole reply on thinking. Turn its thinking off where its server is set "
    "up, or name another writer in the settings.": (
        "{name} a passé toute sa réponse à réfléchir. Désactivez sa réflexion là où son serveur "
        "est réglé, ou nommez un autre rédacteur dans les réglages."
    ),
    "{name} gave an empty reply, twice. Ask again, or name another writer in the settings.": (
        "{name} a donné une réponse vide, deux fois. Reposez la question, ou nommez un autre "
        "rédacteur dans les réglages."
    ),
    # --- the system's own ---
    "Permission denied": "accès refusé",
    "No such file or directory": "fichier introuvable",
    "No space left on device": "plus de place sur le disque",
    "Read-only file system": "disque en lecture seule",
}

said = translator(ENTRIES)
