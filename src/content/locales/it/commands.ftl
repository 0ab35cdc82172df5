# Che cosa dicono i comandi sui corsi intorno agli errori trovati.

severity-error = errore
severity-warning = avviso
report-help = rimedio
sum-none = nessun errore trovato
sum-errors = { $count ->
    [one] { $count } errore
   *[other] { $count } errori
}
sum-warnings = { $count ->
    [one] { $count } avviso
   *[other] { $count } avvisi
}
course-no-folder = la cartella `{ $folder }` non c'è
course-file = `{ $folder }` è un file: indica la cartella dei corsi
course-empty = `{ $folder }` non è una cartella di corsi: nessuna sua cartella ha un file Markdown
course-unreadable = la cartella `{ $folder }` non si legge

## explain

explain-near = il codice `{ $code }` non c'è; volevi scrivere `{ $known }`?
explain-unknown = il codice `{ $code }` non c'è; `autonomia explain` li elenca tutti

## lock

lockfile-errors = ids.lock è rimasto com'era: prima correggi gli errori
lockfile-unreadable = ids.lock non si legge
lockfile-unwritten = { $file } non si scrive
lockfile-refused = ids.lock è rimasto com'era: { $why }
lockfile-removed = pubblicati e non più nel corso: { $ids }
lockfile-returned = ritirati e di nuovo in uso: { $ids }
lockfile-still-there = `{ $id }` è ancora nel corso: prima toglilo
lockfile-never = `{ $id }` non è mai stato pubblicato, e non c'è niente da ritirare
lockfile-on-purpose = ridai a ognuno il suo id o, se li hai tolti apposta:
lockfile-sound = { $count ->
    [one] ids.lock è aggiornato ({ $count } id)
   *[other] ids.lock è aggiornato ({ $count } id)
}
lockfile-written = { $count ->
    [one] ids.lock scritto: { $count } id, { lockfile-new }, { lockfile-retired }
   *[other] ids.lock scritto: { $count } id, { lockfile-new }, { lockfile-retired }
}
lockfile-new = { $new ->
    [one] { $new } nuovo
   *[other] { $new } nuovi
}
lockfile-retired = { $retired ->
    [one] { $retired } ritirato
   *[other] { $retired } ritirati
}
id-module = modulo { $name }
id-lesson = lezione { $name }
id-question = domanda { $name }
id-path = percorso { $name }

## serve

serve-published = pubblicati { $modules }, { $lessons } da { $folder }
serve-found = ; { $found }: vedi `autonomia check { $folder }`
count-modules = { $count ->
    [one] { $count } modulo
   *[other] { $count } moduli
}
count-lessons = { $count ->
    [one] { $count } lezione
   *[other] { $count } lezioni
}
serve-mistakes = { $count ->
    [one] { $count } errore nei corsi: scrivi il comando: autonomia check { $folder }
   *[other] { $count } errori nei corsi: scrivi il comando: autonomia check { $folder }
}
serve-left-out = restano fuori: { $what }
serve-module = il modulo in { $folder }
serve-module-requires = il modulo in { $folder }, che richiede `{ $module }`
serve-path = il percorso `{ $path }`
serve-held = uno non riguarda un solo modulo: i corsi restano com'erano
