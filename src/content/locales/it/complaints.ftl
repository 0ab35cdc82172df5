# Che cosa dice `autonomia check` di un corso. Una chiave finisce in `-help` dove dice che cosa fare.

did-you-mean = volevi scrivere `{ $name }`?
in-this-file = in questo file
in-file = in `{ $file }`

## File

unusable-file = il file non si può usare: { $reason }
file-too-large = è di { $size } KB, più di { $limit }
file-not-utf8 = non è un testo UTF-8 (il byte { $byte } non si legge)
file-character = nel file c'è un segno che nessun testo ha ({ $code })
file-character-help = salva il file in UTF-8 e scrivi di nuovo la parola
file-name = il nome del file non dice che cos'è, né a che punto sta
file-name-help = `module.md` oppure `01-poche-parole.md`; in inglese `01-poche-parole.en.md`
file-overlooked = questo file non viene letto
file-overlooked-help = una lezione si chiama `01-poche-parole.md`, le domande delle persone `asks.toml`: tutto minuscolo; se il file non è del corso, spostalo fuori dalla cartella
module-without-head = nella cartella manca module.md
translation-without-head = manca module.{ $lang }.md
module-second-quiz = un modulo ha un solo quiz, e questo è un altro
quiz-without-questions = nel quiz non ci sono domande
module-without-lessons = nel modulo non ci sono lezioni
lesson-without-text = nella lezione non c'è testo

## Immagini

image-unusable = l'immagine non si può usare: { $reason }
image-kind = le immagini sono .png, .jpg, .webp o .svg
image-name = il nome di un'immagine ha lettere, cifre, - e _, senza spazi
image-unreadable = non è un'immagine .{ $ending } che si legge
svg-not-utf8 = non è un testo UTF-8
svg-open-comment = un commento non è chiuso
svg-doctype = c'è un DOCTYPE o simili: toglilo
svg-open-tag = un elemento non è chiuso
svg-instruction = c'è un'istruzione che a un disegno non serve
svg-element = c'è l'elemento <{ $name }>, che non è permesso
svg-beginning = non comincia con <svg>
svg-without-size = nel suo <svg> manca `viewBox="0 0 LARGHEZZA ALTEZZA"`
svg-attribute-value = un attributo non ha valore
svg-attribute-quotes = un attributo è senza virgolette
svg-open-quote = le virgolette non sono chiuse
svg-script = c'è uno script (`{ $name }`)
svg-link = porta fuori da sé; un disegno ha in sé tutto quello che serve
svg-fetches = prende qualcosa da fuori
image-missing = l'immagine `{ $image }` non c'è, o non si può usare
image-missing-help = metti il file nella cartella `images` del modulo e scrivi `images/NOME.svg`
image-without-alternative = l'immagine `{ $image }` non ha il testo alternativo
image-without-alternative-help = scrivi tra le parentesi quadre che cosa mostra l'immagine

## Le righe in cima al file, fra `+++`

front-matter-missing = il file non comincia con le righe fra `+++`
front-matter-dashes = qui le righe in cima al file stanno fra `+++`, non fra `---`
front-matter-missing-help = comincia con una riga `+++`, poi `id = "…"`, `title = "…"`, poi `+++`
front-matter-open = le righe in cima al file non sono chiuse da `+++`
front-matter-open-help = chiudila con una riga `+++`
unknown-key = `{ $key }` non è una voce di questo file
known-keys = le voci sono `{ $keys }`
key-of-module = `{ $key }` va in module.md
missing-key = fra le righe `+++` manca `{ $key }`
value-kind = l'unico `kind` è `"quiz"`
value-competence = in DigComp 2.2 non c'è la competenza `{ $code }`
value-domain = `{ $code }` non è un ambito: vanno da `A` a `S`
value-module-id = `{ $id }` non può essere l'id di un modulo
value-question-id = `{ $id }` non può essere l'id di una domanda
value-address = `{ $address }` non è un indirizzo `https://`
value-text = `{ $key }` è un testo tra virgolette
value-empty = `{ $key }` è vuoto
value-long = { $count ->
    [one] `{ $key }` ha { $count } carattere, più di { $most }
   *[other] `{ $key }` ha { $count } caratteri, più di { $most }
}
value-line = `{ $key }` è una sola riga di testo semplice
value-number = `{ $key }` è un numero intero da { $from } a { $to }
value-day = `verified` è un giorno senza virgolette, come `2026-11-10`
value-no-such-day = questo giorno non esiste
value-list = `{ $key }` è un elenco di testi: `["…"]`
value-list-empty = in `{ $key }` serve almeno un valore
value-twice = `{ $value }` c'è due volte in `{ $key }`
value-changes = `changes` si scrive così: `{"{"} id-della-domanda = "credit" {"}"}`
value-change = un cambio è `credit`, `regrade`, `ask-again` o `none`
path-table = scrivi ogni percorso sotto una riga `[[path]]`
path-missing-key = in questo percorso manca `{ $key }`
path-languages = scrivi un testo per ogni lingua: `{"{"} it = "…", en = "…" {"}"}`
path-italian = manca il testo italiano (`it`)
path-modules = `modules` è un elenco di id di moduli: `["spid"]`
path-empty = in un percorso serve almeno un modulo
path-text = qui va un testo tra virgolette
path-unknown-key = `{ $key }` qui non è una voce

## Errori di TOML, la forma delle righe fra `+++` e di paths.toml

toml-write = scrivi `{ $line }`
toml-syntax = questo non si legge
toml-syntax-help = una riga è una voce, il segno di uguale e un valore: `title = "…"`, `minutes = 10`, `keywords = ["…", "…"]`
toml-invisible = uno spazio di questa riga è un altro segno, che gli somiglia soltanto
toml-table = il nome sta tra due parentesi quadre per parte
toml-table-help = scrivi `[[path]]`
toml-no-sign = in questa riga non ci sono né una voce né il segno di uguale
toml-key = `{ $key }` non può essere una voce
toml-key-help = una voce è una sola parola, senza accenti, prima del segno di uguale
toml-colon = dopo `{ $key }` ci sono i due punti al posto del segno di uguale
toml-signs = dopo `{ $key }` c'è più di un segno di uguale
toml-no-value = `{ $key }` non ha un valore
toml-no-value-help = scrivi il valore dopo il segno di uguale, o togli la riga
toml-curly = le virgolette di questo valore non sono quelle diritte
toml-curly-help = usa le virgolette diritte: `"…"`
toml-day = `{ $value }` non è il modo di scrivere un giorno qui
toml-no-such-day = il giorno `{ $value }` non esiste
toml-day-help = scrivi anno, mese e giorno in cifre, senza virgolette: `2026-11-20`
toml-comma = in `{ $value }` c'è una virgola, e questo numero è intero
toml-number = `{ $value }` non è un numero intero, scritto in cifre e da solo
toml-number-help = scrivi solo le cifre, senza virgolette: `{ $key } = 10`
toml-open-brace = manca la parentesi graffa di chiusura
toml-in-braces = quello che sta tra le parentesi graffe non si legge
toml-in-braces-help = scrivi `{"{"} it = "…", en = "…" {"}"}`
toml-list = i valori di `{ $key }` non sono un elenco tra parentesi quadre
toml-list-help = scrivi `{ $key } = ["…", "…"]`
toml-list-quotes = un valore di questo elenco è senza virgolette
toml-lines-help = in un elenco su più righe ogni valore sta tra virgolette, e dopo ogni valore c'è una virgola: guarda questa riga e quella prima
toml-list-comma = tra due valori di questo elenco manca una virgola
toml-list-semicolon = i valori di un elenco si separano con la virgola, non con il punto e virgola
toml-open-bracket = l'elenco non è chiuso con `]`
toml-open-quote = le virgolette non sono chiuse
toml-inner-quote = le virgolette dentro a questo testo lo chiudono troppo presto
toml-inner-apostrophe = l'apostrofo dentro a questo testo lo chiude troppo presto
toml-backslash = dentro a un testo il segno `\` si scrive due volte
toml-after = dopo il valore c'è `{ $rest }`
toml-two-keys = in una riga ci sono due voci
toml-two-keys-help = scrivi ognuna su una riga sua
toml-no-quotes = `{ $value }` è un testo senza virgolette
toml-lines = questo testo va su più righe, e deve stare su una
toml-no-tables = un nome tra parentesi quadre comincia un blocco, e qui non ce ne sono
toml-no-tables-help = togli questa riga; un elenco sta dopo la sua voce: `keywords = ["…", "…"]`
toml-twice = la voce `{ $key }` c'è due volte
toml-twice-help = la prima è alla riga { $line }: togline una

## Id

invalid-id = `{ $id }` non può essere un id
invalid-id-help = da 3 a 40 caratteri: a-z, 0-9 e -, con una lettera all'inizio, per esempio `{ $id }`
invalid-question-id = `{ $id }` non può essere l'id di una domanda
invalid-heading-id = `{ $id }` non può essere l'id di un titolo
invalid-heading-id-help = a-z, 0-9 e -, con una lettera all'inizio, al massimo 60 caratteri: `{"{"}#{ $id }{"}"}`
invalid-lesson-id = `{ $id }` non può essere l'id di una lezione
invalid-lesson-id-help = un'altra pagina del modulo ha questo indirizzo: scegli un altro id
duplicate-lesson-id = l'id di lezione `{ $id }` c'è già, { $place }
duplicate-question-id = l'id di domanda `{ $id }` c'è già, { $place }
duplicate-heading-id = l'id di titolo `{ $id }` c'è già, { $place }
duplicate-module-id = l'id di modulo `{ $id }` è anche quello di `{ $folder }/`
duplicate-path-id = l'id di percorso `{ $id }` c'è già, in questo file
duplicate-id-help = dai un id suo a uno dei due: a quello che non è mai stato pubblicato

## Testo

raw-html = in un corso l'HTML non è permesso
raw-html-help = scrivilo in Markdown; per un `<` che vale come testo scrivi `\<`
first-level-heading = un titolo di primo livello: quello è il titolo della pagina
first-level-heading-help = comincia con `##`
heading-level = "{ $heading }" è un titolo di livello { $level }, sotto uno di livello { $above }
heading-level-help = comincialo con `{ $marks }`
heading-braces = le parentesi graffe di questo titolo non si leggono come attributi
heading-braces-help = stanno in fondo alla riga e sono chiuse: `{"{"}#id .q .one{"}"}`
heading-class = `.{ $class }` non è una classe del formato dei corsi
heading-class-help = una domanda ha `.q` e uno tra { $kinds }
heading-quotes = gli attributi di un titolo sono senza virgolette e senza spazi
heading-quotes-help = scrivi `points=2`
heading-attribute = `{ $name }` non è un attributo di questo titolo
heading-attribute-help = l'unico attributo è `points=2`, di una domanda
unknown-alert = questo non è un riquadro
unknown-alert-help = i riquadri sono [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] e [!CAUTION], da soli sulla loro riga
task-list-outside-question = un elenco con le caselle sta fuori da una domanda
task-list-outside-question-help = fanne un elenco normale, o dai al titolo `.q`, un tipo e un id
table-without-header = la tabella non ha la riga dei titoli
table-without-header-help = scrivi nella prima riga il nome di ogni colonna
broken-link-file = il file `{ $file }` non c'è
broken-link-image-help = un'immagine si mostra, senza link: `![che cosa mostra](images/NOME.svg)`
broken-link-other-help = un corso non ha allegati: fai un link al file di una lezione, o a una pagina `https://`
broken-link-heading = in `{ $file }` nessun titolo ha l'id `{ $id }`
broken-link-heading-help = dai un id al titolo: `{"{"}#{ $id }{"}"}`
broken-link-anchor-help = dai al titolo l'id `{"{"}#{ $id }{"}"}`, e fai il link a `#{ $id }`
insecure-link = `{ $target }` non è un file del corso, né un indirizzo `https://`
insecure-link-help = fai il link al file di una lezione, come `02-scegliere.md`
insecure-link-https-help = scrivi `https://{ $rest }`
link-without-words = il link a `{ $target }` è senza parole
vague-link-text = le parole "{ $words }" non dicono dove porta il link
vague-link-text-help = scrivi il nome della pagina a cui porta
practice-not-supported = le schermate di prova ("{ $heading }") non ci sono ancora

## Lingua semplice

acronym = `{ $short }` non è spiegato la prima volta che compare
acronym-help = scrivi `{ $short } ({ $long })`, o dillo con parole tue nella stessa frase
hard-to-read = il testo è difficile da leggere: il suo indice Gulpease è { $index }, sotto { $limit }
hard-to-read-help = usa frasi più corte e parole comuni, prima in questo paragrafo ({ $index }), poi qui: { $places }
hard-to-read-help-one = usa frasi più corte e parole comuni, prima in questo paragrafo ({ $index })
hard-to-read-help-none = usa frasi più corte e parole comuni
line-with-index = riga { $line } ({ $index })
long-sentence = { $count ->
    [one] questa frase ha { $count } parola, più di { $most }
   *[other] questa frase ha { $count } parole, più di { $most }
}
long-sentence-help = fanne due frasi, o un elenco
verified-long-ago = { $days ->
    [one] i fatti sono stati controllati { $days } giorno fa
   *[other] i fatti sono stati controllati { $days } giorni fa
}
verified-in-future = i fatti sarebbero stati controllati in un giorno che deve ancora venire
verified-help = controllali sulle fonti, poi scrivi qui il giorno
competence-not-reportable = in Facilita non c'è un codice per queste competenze: il modulo non conterà
competence-not-reportable-help = aggiungi un'altra competenza che il modulo insegna, se c'è

## Domande

quiz-text = il testo tra le domande di un quiz non si vede
quiz-text-help = spostalo prima della prima domanda, o dentro a una domanda
question-in-introduction = nell'introduzione di un modulo non ci sono domande
question-in-introduction-help = spostala in una lezione, o nel quiz
question-nested = una domanda non può stare dentro a un elenco o a una citazione
question-nested-help = comincia il suo titolo al margine sinistro
question-without-id = la domanda "{ $question }" non ha un id
question-without-id-help = aggiungine uno che non cambierà mai: {"{"}#{ $id } …{"}"}
question-without-kind = la domanda "{ $question }" non ha un tipo
question-kinds = la domanda "{ $question }" ha più di un tipo: { $kinds }
question-kind-help = aggiungi uno solo tra { $kinds }
question-kind-without-q = un tipo di domanda sopra un titolo che non è una domanda
question-kind-without-q-help = aggiungi la classe `.q`
question-points = `{ $value }` non è un numero di punti
question-points-help = scrivi `points=` e un numero intero da 1 a 100
question-heading = un titolo dentro a una domanda
question-heading-help = una domanda finisce a un titolo del suo livello o di uno più alto; usa il grassetto
question-list = un elenco nel testo di una domanda si legge come le sue opzioni
question-list-help = scrivilo come una frase, o separalo con le virgole: l'unico elenco di questa domanda è quello delle opzioni
question-text-after = il testo dopo le opzioni non si vede
question-text-after-help = mettilo prima delle opzioni, o in una spiegazione: `> [!NOTE]`
question-no-options = "{ $question }" non ha opzioni
question-no-options-help = aggiungi un elenco: - [ ] `a` …
question-no-steps = "{ $question }" non ha passi
question-no-steps-help = aggiungi un elenco numerato: 1. `a` …
question-no-pairs = "{ $question }" non ha la tabella delle coppie
question-no-pairs-help = aggiungi una tabella di due colonne
question-no-answer = "{ $question }" non ha una risposta accettata
question-no-answer-help = aggiungi una riga `= …`, con una riga vuota prima
question-single-option = "{ $question }" ha una sola opzione
question-single-option-help = aggiungine almeno un'altra
question-few-pairs = "{ $question }" ha meno di due coppie
question-few-pairs-help = aggiungi una riga con tutte e due le celle piene
question-several-right = { $count ->
    [one] { $count } opzione giusta per "{ $question }", che è `.one`
   *[other] { $count } opzioni giuste per "{ $question }", che è `.one`
}
question-several-right-help = lascia un solo `[x]`, o fai la domanda `.many`
question-without-right = nessuna opzione giusta per "{ $question }"
question-without-right-help = segna un'opzione con `[x]`
feedback-outside-option = questa citazione è fuori dalle opzioni, e non commenta nessuna
feedback-outside-option-help = falla rientrare di due spazi, fino al testo della sua opzione
alert-second-hint = un secondo suggerimento
alert-second-hint-help = mettili tutti e due in un solo `> [!TIP]`
alert-second-note = una seconda spiegazione
alert-second-note-help = mettile tutte e due in un solo `> [!NOTE]`
alert-late-hint = un suggerimento dopo le opzioni
alert-late-hint-help = sposta il `> [!TIP]` prima delle opzioni; una spiegazione è un `> [!NOTE]`
alert-early-note = una spiegazione prima delle opzioni svelerebbe quella giusta
alert-early-note-help = sposta il `> [!NOTE]` dopo le opzioni; un suggerimento è un `> [!TIP]`
alert-in-question = in una domanda questo riquadro non vuol dire niente
alert-in-question-help = un suggerimento è `> [!TIP]` prima delle opzioni, una spiegazione `> [!NOTE]` dopo
alert-in-option = un riquadro dentro a un'opzione
alert-in-option-help = il commento è una citazione semplice: `> …`; una spiegazione sta dopo le opzioni, al margine sinistro, con una riga vuota prima
order-list = i passi di una domanda `.order` sono un elenco numerato
order-list-help = scrivi `1.`, `2.` …, nell'ordine giusto
step-content = un passo è una riga sola
step-content-help = spiega prima dei passi
step-marker = un passo non ha la casella
step-marker-help = toglila: l'ordine dell'elenco è quello giusto
option-content = un'opzione è una riga e una citazione con il suo commento
option-content-help = spiega prima delle opzioni, o nel commento
option-marker-unread = questa non si legge come una casella
option-marker-unread-help = scrivi `[x]` o `[ ]`, con uno spazio dentro e uno dopo
option-marker-missing = l'opzione non ha la casella
option-marker-missing-help = cominciala con `[ ]`, o con `[x]` se è giusta
option-key = `{ $key }` non può essere una sigla
option-key-missing = manca la sigla
option-key-twice = la sigla `{ $key }` compare due volte nella domanda
option-key-help = comincia con una sigla fra apici inversi, da 1 a 8 fra a-z e 0-9, che resta quando il testo cambia: `a`
option-empty = dopo la sigla non c'è testo
option-empty-right = una riga con la colonna destra vuota
option-empty-right-help = per una coppia riempi le due celle, per un'opzione in più solo quella destra
match-table = { $count ->
    [one] la tabella di una domanda `.match` ha { $count } colonna, non due
   *[other] la tabella di una domanda `.match` ha { $count } colonne, non due
}
match-table-help = la colonna sinistra si abbina con la destra
number-answer = `{ $text }` non è un numero
number-range-empty = l'intervallo è vuoto: la fine è più piccola dell'inizio
number-answer-help = scrivi `= 3`, `= 3 ± 0,5` o `= 10..12`
text-answer-empty = la risposta accettata è vuota
text-answer-empty-help = scrivila dopo `=`
text-answer-short = un errore di battitura si ammette solo da sei lettere in su
text-answer-short-help = scrivi `=` al posto di `=~`
answer-line = tra le risposte accettate una riga non comincia con `=`
answer-line-help = metti una riga vuota tra il testo e le risposte

## Tra i moduli

requires-itself = `{ $module }` richiede sé stesso
requires-cycle = `{ $module }` richiede `{ $required }`, e `{ $required }` a sua volta `{ $module }`
unknown-module = il modulo `{ $module }` non c'è
unknown-question = nel modulo non c'è la domanda `{ $question }`
translation-without-original = manca l'originale `{ $name }.md` di questa traduzione
translation-missing = manca la traduzione `{ $name }`
translation-missing-help = aggiungila, o togli tutti i file del modulo che finiscono in `.{ $lang }.md`
translation-id = l'id dell'originale è `{ $id }`
translation-more-questions = in questo file l'originale non ha la domanda `{ $question }`
translation-fewer-questions = manca la domanda `{ $question }` dell'originale
translation-repeats = `{ $key }` è dell'originale: una traduzione non lo ripete
translation-repeats-help = togli la riga
translation-kind = la domanda è `.{ $own }`, nell'originale `.{ $original }`
translation-points = la domanda vale { $own }, nell'originale { $original }
translation-options = le opzioni sono { $own }, nell'originale { $original }
translation-answer = è giusta un'altra risposta che nell'originale

## ids.lock

id-removed = { $kind ->
    [module] il modulo { $name } era pubblicato e non c'è più
    [lesson] la lezione { $name } era pubblicata e non c'è più
    [question] la domanda { $name } era pubblicata e non c'è più
   *[path] il percorso { $name } era pubblicato e non c'è più
}
id-removed-help = ridagli il suo id; se l'hai tolto apposta, esegui `autonomia lock --retire { $name }`
id-returns = { $kind ->
    [module] il modulo { $name } era stato ritirato e torna in uso
    [lesson] la lezione { $name } era stata ritirata e torna in uso
    [question] la domanda { $name } era stata ritirata e torna in uso
   *[path] il percorso { $name } era stato ritirato e torna in uso
}
id-returns-help = scegli un id mai usato prima
key-changed = la chiave di `{ $question }` è cambiata da quando è pubblicata
key-changed-help = scrivi in module.md che cosa ne è dei voti di prima: `changes = {"{"} { $question } = "credit" {"}"}`, oppure "regrade", "ask-again", "none"
key-changed-same-rev = la chiave di `{ $question }` è cambiata, ma `rev` è come prima
key-changed-same-rev-help = aumenta `rev` di uno
rev-went-down = `rev` è { $new }, ma era pubblicato { $old }
rev-went-down-help = scrivi `rev = { $next }`
lock-missing = `ids.lock` non c'è: nessun id di questo corso è protetto
lock-changed = { $count ->
    [one] un id è cambiato da quando è protetto
   *[other] { $count } id sono cambiati da quando sono protetti
}
lock-one-new = { $kind ->
    [module] il modulo { $name } non è protetto
    [lesson] la lezione { $name } non è protetta
    [question] la domanda { $name } non è protetta
   *[path] il percorso { $name } non è protetto
}
lock-new = { $kind ->
    [module] il modulo { $name } e { lock-more } non sono protetti
    [lesson] la lezione { $name } e { lock-more } non sono protetti
    [question] la domanda { $name } e { lock-more } non sono protetti
   *[path] il percorso { $name } e { lock-more } non sono protetti
}
lock-more = { $more ->
    [one] un altro id
   *[other] altri { $more } id
}
lock-out-of-date-help = esegui `autonomia lock`
lock-twice = questo id c'è due volte
lock-kind = una riga comincia con `module`, `lesson`, `question` o `path`
lock-id = manca l'id
lock-state = dopo l'id c'è `live` o `retired`
lock-rev = `rev` è un numero intero
lock-rest = dopo possono stare solo `rev=`, `key=` e `text=`
lock-hashes = una domanda ha `key=` e `text=`
lock-no-hashes = solo una domanda ha `key=` e `text=`

## Testo che sparisce, o si vede com'è scritto

code-open = questo apice inverso non apre niente: le persone lo vedono
code-apostrophe = il testo tra questi apici inversi si legge come codice
code-apostrophe-help = l'apostrofo è `'`; il codice sta tra due apici inversi; per il segno stesso metti prima una barra `\`
code-indented = quattro spazi all'inizio fanno di questa riga del codice
code-indented-help = toglili; quello che è codice sta tra due righe di tre apici inversi
code-endless = questo blocco di codice non si chiude: tutto quello che segue è dentro
code-endless-help = chiudilo con una riga { $fence }
code-info = `{ $text }` non si vede: sarebbe il nome di un linguaggio
code-info-help = scrivilo sopra il blocco, come testo
footnote-twice = la nota `[^{ $name }]` c'è due volte
footnote-twice-help = dai a ogni nota un nome suo
footnote-unused = la nota `[^{ $name }]` non è richiamata da niente
footnote-unused-help = scrivi `[^{ $name }]` dove serve, o togli la nota
footnote-undefined = la nota `[^{ $name }]` non è definita
footnote-undefined-help = scrivila su una riga sua: `[^{ $name }]: …`
definition-twice = la definizione `[{ $name }]:` c'è due volte: la seconda non si usa
definition-twice-help = togline una
definition-unused = la definizione `[{ $name }]:` non è usata, e non si vede
definition-unused-help = usala con `[testo][nome]`, o toglila
reference-undefined = `{ $text }` rimanda a una definizione che non c'è
reference-undefined-help = scrivi l'indirizzo, `[testo](https://…)`, o definiscilo su una riga sua: `[{ $name }]: https://…`
emphasis-read = questi asterischi si leggono come enfasi, e non si vedono
emphasis-read-help = per il segno scrivi `×` o `\*`; intorno a una parola lascia uno spazio fuori
emphasis-shown = questa non si legge come enfasi: le persone vedono `{ $marks }`
emphasis-shown-help = i segni toccano le parole dentro, e fuori c'è uno spazio: `{ $marks }Nota:{ $marks } testo`; per il segno stesso scrivi `\{ $mark }`
heading-no-space = questo non si legge come un titolo: dopo `{ $marks }` manca lo spazio
heading-no-space-help = scrivi `{ $marks } ` con uno spazio normale; per il segno stesso scrivi `\#`
heading-underlined = i trattini sotto questo testo ne fanno un titolo
heading-underlined-help = lascia una riga vuota prima dei trattini; un titolo comincia con `## `
heading-ending = quello che chiude così un titolo non si vede
heading-ending-help = per il segno stesso scrivi `\#`
link-not-read = questo link non si legge come tale
image-not-read = questa immagine non si legge come tale
link-bracket-help = scrivi `[testo](indirizzo)`; per una parentesi che è testo scrivi `\[`
link-space = questo link non si legge come tale: uno spazio separa le sue parentesi
image-space = questa immagine non si legge come tale: uno spazio separa le sue parentesi
link-space-help = scrivi `[testo](indirizzo)`, senza spazio
link-open = questo link non si legge come tale: la sua parentesi tonda non si chiude sulla riga
image-open = questa immagine non si legge come tale: la sua parentesi tonda non si chiude sulla riga
link-open-help = chiudila: `[testo](indirizzo)`
image-address-spaces = questa immagine non si legge come tale: nel nome del file ci sono spazi
image-address-spaces-help = rinomina il file, `la-mia-foto.png`, e scrivi qui il nome nuovo
link-address-spaces = questo link non si legge come tale: nell'indirizzo ci sono spazi
link-address-spaces-help = scrivi `%20` per ogni spazio dell'indirizzo
link-reversed = le parentesi di questo link sono scambiate
link-reversed-help = scrivi `[{ $words }]({ $address })`
link-bare = questo indirizzo è testo: non si può premere
link-bare-help = scrivi `[il nome della pagina](indirizzo)`; un indirizzo che nessuno deve aprire sta tra apici inversi
list-unclear = queste righe non si leggono come un elenco: si uniscono
list-unclear-help = lascia una riga vuota prima dell'elenco, e comincia ogni riga con `- ` o `1. `
quote-goes-on = la citazione qui sopra prende con sé questa riga
quote-goes-on-help = lascia prima una riga vuota, o cominciala con `>` se ne fa parte
stray-backslash = le persone vedono questa barra: dopo non c'è una riga a cui andare a capo
stray-backslash-help = toglila, o scrivi `\\` per il segno stesso
stray-entity = `{ $text }` non è il nome di un carattere
stray-entity-help = scrivi il carattere stesso; per il segno `&` come testo scrivi `\&`
table-not-read = questa tabella non si legge come tale
table-not-read-help = lascia una riga vuota prima
table-header-cells = { $count ->
    [one] la riga dei titoli ha { $count } cella, quella sotto { $parts }
   *[other] la riga dei titoli ha { $count } celle, quella sotto { $parts }
}
table-header-cells-help = scrivi tante parti di trattini quanti sono i nomi: `|---|---|`
table-no-header = questa tabella non ha la riga dei titoli, e le sue barre si vedono
table-no-header-help = scrivi nella prima riga i nomi delle colonne, e sotto una riga `|---|---|`
table-row-text = questa riga si legge come una riga della tabella qui sopra
table-row-text-help = lascia una riga vuota tra la tabella e il testo
table-row-long = { $count ->
    [one] questa riga ha { $count } cella, quella dei titoli { $columns }: il resto non si vede
   *[other] questa riga ha { $count } celle, quella dei titoli { $columns }: il resto non si vede
}
table-row-long-help = dai un nome a ogni colonna, o unisci le celle; una barra che è testo è `\|`
table-row-short = { $count ->
    [one] questa riga ha { $count } cella, quella dei titoli { $columns }
   *[other] questa riga ha { $count } celle, quella dei titoli { $columns }
}
table-row-short-help = scrivi tutte le celle, una vuota come `| |`
options-numbered = le opzioni sono un elenco numerato
options-numbered-help = comincia ognuna con `- [ ] `; i passi da mettere in ordine sono una domanda `.order`
alike-options = due opzioni dicono la stessa cosa
alike-steps = due passi dicono la stessa cosa
alike-cells = due celle di una colonna dicono la stessa cosa
alike-answers = due risposte accettate dicono la stessa cosa
alike-help = dai a ognuna un testo suo, o togline una
number-dots = tra gli estremi dell'intervallo ci sono tre punti
number-dots-help = due punti uniscono gli estremi, una virgola comincia i decimali: `= 0..5`, `= 0..0,5`
number-two-ways = `{ $text }` si legge in due modi: il punto può separare le migliaia o i decimali
number-two-ways-help = scrivi `{ $whole }`, o `{ $thousandths }` con la virgola prima dei decimali
number-grouped = in `{ $text }` ci sono dei segni tra gruppi di cifre
number-grouped-help = scrivi le cifre senza punti, spazi e apostrofi, e una virgola prima dei decimali: `1500,50`
list-number = le persone vedono a questa riga il numero { $seen }, non { $number }: un elenco conta di seguito
list-number-help = numera le righe in ordine; un elenco che ricomincia vuole prima del testo

## Altri linguaggi

dialect-box = Pandoc, Quarto, MyST o Docusaurus (un riquadro)
dialect-box-help = un riquadro è `> [!NOTE]`, e ogni riga comincia con `> `
dialect-mkdocs = MkDocs (un riquadro o delle schede)
dialect-mkdocs-help = un riquadro è `> [!NOTE]`, e ogni riga comincia con `> `; al posto delle schede usa dei titoli
dialect-definition = Pandoc o PHP Markdown Extra (una definizione)
dialect-definition-help = scrivi un elenco: `- **parola**: che cosa vuol dire`
dialect-kramdown = kramdown, di Jekyll e delle Carpentries (attributi)
dialect-kramdown-help = toglilo; un riquadro è `> [!NOTE]`
dialect-abbreviation = PHP Markdown Extra o MkDocs (una sigla)
dialect-abbreviation-help = spiegala dove compare la prima volta: `OTP (codice che vale una volta sola)`
dialect-contents = un programma che fa gli indici
dialect-contents-help = toglilo: una lezione è breve, e il modulo elenca le sue lezioni
dialect-mdx = MDX, di Docusaurus
dialect-mdx-help = toglilo: in una lezione non ci sono programmi
dialect-rst = reStructuredText (Sphinx)
dialect-rst-help = un riquadro è `> [!NOTE]`; un'immagine è `![testo](images/nome.svg)`
dialect-moodle = Moodle (domande in GIFT o Aiken)
dialect-moodle-help = una domanda è un titolo `## … {"{"}#id .q .one{"}"}` con un elenco `- [x] `, `- [ ] `
dialect-textile = Textile o Jira
dialect-textile-help = un titolo comincia con `## `
dialect-wiki = MediaWiki o AsciiDoc
dialect-wiki-help = un titolo comincia con `## `, il grassetto è `**così**`
dialect-macro = un wiki (una macro)
dialect-macro-help = toglila; un riquadro è `> [!NOTE]`
dialect-role = MyST o Sphinx (un ruolo o un bersaglio)
dialect-role-help = un link è `[testo](02-lezione.md#titolo)`
dialect-liquid = Liquid, di Jekyll (un modello)
dialect-liquid-help = scrivi il testo che metterebbe lì
dialect-hugo = Hugo (uno shortcode)
dialect-hugo-help = scrivi quello che metterebbe lì: `![testo](images/nome.svg)`, `> [!NOTE]`
dialect-braces = un modello (Jekyll, Hugo, MyST, LiaScript o Vue)
dialect-braces-help = scrivi il testo che metterebbe lì; quello che cambia da Regione a Regione è `{"{"}{"{"}region.…{"}"}{"}"}`
dialect-attributes = Pandoc, Quarto, MyST o kramdown (attributi)
dialect-attributes-help = toglili: li hanno solo i titoli; le parole per un'immagine stanno nelle sue parentesi, `![testo](images/nome.svg)`
dialect-math = LaTeX (una formula)
dialect-math-help = scrivila a parole o con segni semplici: `5 × 3`, `x²`, `√2`
dialect-strike = GitHub (testo barrato)
dialect-strike-help = togli quello che non vale più; per il segno stesso scrivi `\~`
dialect-highlight = Obsidian o Pandoc (testo evidenziato)
dialect-highlight-help = il grassetto è `**così**`
dialect-emoji = GitHub e Slack (una faccina) o Sphinx (un campo)
dialect-emoji-help = scrivi una parola, o il carattere stesso: ✅
dialect-wiki-link = Obsidian o un wiki (un link)
dialect-wiki-link-help = un link è `[testo](02-lezione.md)`, un'immagine `![testo](images/nome.svg)`
dialect-script = Pandoc (testo in alto o in basso)
dialect-script-help = scrivi il carattere stesso: x², H₂O, 1ª
dialect-note = Pandoc (una nota nella riga)
dialect-note-help = scrivi `[^1]` qui, e `[^1]: …` su una riga sua
dialect-citation = Pandoc o Quarto (una citazione)
dialect-citation-help = nomina la fonte a parole, con un link
dialect-bbcode = un forum o WordPress (BBCode)
dialect-bbcode-help = il grassetto è `**così**`, un link `[testo](https://…)`
dialect-comment = Obsidian (un commento)
dialect-comment-help = toglilo: in un file del corso non ci sono commenti
dialect-lia = LiaScript (un filmato o un quiz)
dialect-lia-help = fanne un link, `[testo](https://…)`; una domanda è un titolo `{"{"}#id .q .one{"}"}`
dialect-rmd = R Markdown, Quarto o MyST
dialect-rmd-help = qui non si esegue niente: scrivi il testo o il risultato; un riquadro è `> [!NOTE]`
dialect-drawn = un programma che lo disegna
dialect-drawn-help = metti il disegno in `images/` come SVG, con le parole per chi non lo vede
dialect-size = Obsidian (la misura di un'immagine)
dialect-size-help = togli la barra e il numero: ognuno vede l'immagine larga quanto la pagina
dialect-inline-r = R Markdown o Quarto
dialect-inline-r-help = qui non si esegue niente: scrivi il risultato
dialect-yaml = Jekyll, Hugo, Pandoc o un altro programma che legge YAML
dialect-second = un'altra testata
dialect-second-help = toglilo: in un file queste righe stanno una volta sola, in cima, fra due righe `+++`
other-dialect = `{ $mark }` è di { $home }: qui le persone lo leggono com'è
other-dialect-block = questo blocco è di { $home }: qui le persone lo leggono com'è

# Che cosa cambia da Regione a Regione
complaint-in-region = { $complaint } ({ $region })
region-table = scrivi una Regione come tabella `[puglia]`
region-unknown-key = `{ $key }` non è una voce delle Regioni
region-neutral-address = un indirizzo non ha parole neutre: del collegamento restano le parole
region-value = scrivi un valore così: `{"{"} value = "…", verified = 2026-11-30, source = "https://…" {"}"}`
region-value-part = in questo valore manca `{ $part }`
region-address = `{ $address }` non è un indirizzo `https://`
region-address-help = scrivi l'indirizzo intero, che comincia con `https://`
region-text = scrivi un testo fra virgolette, o uno per lingua: `{"{"} it = "…", en = "…" {"}"}`
region-misplaced = il valore di una Regione non può stare qui
region-misplaced-link = un collegamento porta soltanto a `{"{{"}region.VOCE{"}}"}`
region-misplaced-text = non è un indirizzo: scrivilo nel testo
region-misplaced-address = scrivilo come collegamento: `[…]({"{{"}region.{ $key }{"}}"})`
region-misplaced-question = quello che cambia da Regione a Regione sta nel testo, non in un titolo o in una domanda
region-misplaced-front-matter = sta nel testo, non fra le righe `+++`
region-misplaced-written = scrivi `{"{{"}region.VOCE{"}}"}` nel testo, senza spazi
region-without-neutral = `{ $key }` non ha parole neutre per una Regione senza valore
region-without-neutral-help = aggiungi `{ $key } = "…"` alla tabella `[neutral]` di regions.toml
region-value-old = { $days ->
    [one] questo valore è stato controllato { $days } giorno fa
   *[other] questo valore è stato controllato { $days } giorni fa
}
region-value-in-future = questo valore sarebbe stato controllato in un giorno che deve ancora venire
region-value-old-help = controllalo sulla fonte, poi scrivi qui il giorno

# Quello che la gente dice e il testo no
asks-long = { $characters ->
    [one] una domanda di `asks` ha { $characters } carattere: può averne al massimo { $most }
   *[other] una domanda di `asks` ha { $characters } caratteri: può averne al massimo { $most }
}
asks-many = { $count ->
    [one] `asks` ha { $count } domanda: può averne al massimo { $most }
   *[other] `asks` ha { $count } domande: può averne al massimo { $most }
}
asks-without-lesson = nel modulo non c'è una lezione `{ $lesson }`
asks-without-edition = questa lezione non c'è in questa lingua: `{ $lang }`
asks-table = scrivi una tabella per lezione, con il suo id: `[id-della-lezione]`

words-table = scrivi ognuno come tabella `[[{ $name }]]`
words-group = un gruppo ha almeno due parole
words-joined = `word` è una parola sola: quella scritta tutta unita
words-needs-italian = mancano i bisogni in italiano (`it`)
words-place = `{ $place }` non può essere un posto
words-place-help = scrivi `modulo/lezione#titolo`, con gli id del modulo, della lezione e del titolo
words-missing = qui manca `{ $key }`
words-list = scrivi un elenco di testi: `["…"]`
words-most = { $most ->
    [one] insieme sta al massimo { $most } testo
   *[other] insieme stanno al massimo { $most } testi
}
words-text = { $most ->
    [one] deve essere un testo fra virgolette, di { $most } lettera al massimo
   *[other] deve essere un testo fra virgolette, di { $most } lettere al massimo
}
word-in-two-groups = `{ $word }` è anche in un altro gruppo
word-in-two-groups-help = lasciala nel gruppo delle parole che dicono davvero la stessa cosa
word-stands-for-two = `{ $word }` sta anche per `{ $other }`
word-leads-in-a-circle = `{ $word }` riporta a se stessa
word-leads-in-a-circle-help = togli il passo che torna indietro
word-without-lesson = `{ $module }` non ha una lezione `{ $lesson }`
word-without-heading = `{ $file }` non ha un titolo con l'id `{ $heading }`
