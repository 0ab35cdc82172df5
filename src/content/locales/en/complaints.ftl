# What `autonomia check` says of a course. A key ends in `-help` where it says what to do.

did-you-mean = did you mean `{ $name }`?
in-this-file = in this file
in-file = in `{ $file }`

## Files

unusable-file = the file cannot be used: { $reason }
file-too-large = it has { $size } KB, more than { $limit }
file-not-utf8 = it is not UTF-8 text (byte { $byte } cannot be read)
file-character = the file has a character that no text has ({ $code })
file-character-help = save it as UTF-8, and write the word again
file-name = the file's name says neither what it is nor where it stands
file-name-help = `module.md` or `01-a-few-words.md`; in English `01-a-few-words.en.md`
file-overlooked = this file is not read
file-overlooked-help = a lesson is called `01-a-few-words.md`, what people ask `asks.toml`, in small letters; if the file is not of the course, move it out of the folder
module-without-head = the folder has no module.md
translation-without-head = there is no module.{ $lang }.md
module-second-quiz = a module has one quiz, and this is another
quiz-without-questions = the quiz has no questions
module-without-lessons = the module has no lessons
lesson-without-text = the lesson has no text

## Images

image-unusable = the image cannot be used: { $reason }
image-kind = images are .png, .jpg, .webp or .svg
image-name = an image's name has letters, figures, - and _, and no spaces
image-unreadable = it is not a .{ $ending } image that can be read
svg-not-utf8 = it is not UTF-8 text
svg-open-comment = a comment is not closed
svg-doctype = it has a DOCTYPE or the like; remove it
svg-open-tag = a tag is not closed
svg-instruction = it has an instruction that a drawing does not need
svg-element = it has the element <{ $name }>, which is not allowed
svg-beginning = it does not begin with <svg>
svg-without-size = its <svg> has no `viewBox="0 0 WIDTH HEIGHT"`
svg-attribute-value = an attribute has no value
svg-attribute-quotes = an attribute has no quotes
svg-open-quote = a quote is not closed
svg-script = it has a script (`{ $name }`)
svg-link = it links outside itself; a drawing holds all it needs
svg-fetches = it fetches something from outside itself
image-missing = there is no usable image `{ $image }`
image-missing-help = put the file in the module's `images` folder and write `images/NAME.svg`
image-without-alternative = the image `{ $image }` has no alternative text
image-without-alternative-help = say between the brackets what the image shows

## Front matter

front-matter-missing = the file does not begin with front matter
front-matter-dashes = front matter begins with `+++` here, not with `---`
front-matter-missing-help = begin with a line `+++`, then `id = "…"`, `title = "…"`, then `+++`
front-matter-open = the front matter is not closed
front-matter-open-help = end it with a line `+++`
unknown-key = `{ $key }` is not a key of this file's front matter
known-keys = the keys are `{ $keys }`
key-of-module = `{ $key }` belongs in module.md
missing-key = `{ $key }` is missing in the front matter
value-kind = the only `kind` is `"quiz"`
value-competence = DigComp 2.2 has no competence `{ $code }`
value-domain = `{ $code }` is not a domain: they are `A` to `S`
value-module-id = `{ $id }` cannot be a module's id
value-question-id = `{ $id }` cannot be a question's id
value-address = `{ $address }` is not an `https://` address
value-text = `{ $key }` must be a text in quotes
value-empty = `{ $key }` is empty
value-long = { $count ->
    [one] `{ $key }` has { $count } character, more than { $most }
   *[other] `{ $key }` has { $count } characters, more than { $most }
}
value-line = `{ $key }` must be one line of plain text
value-number = `{ $key }` must be a whole number from { $from } to { $to }
value-day = `verified` must be a day without quotes, such as `2026-11-10`
value-no-such-day = there is no such day
value-list = `{ $key }` must be a list of texts: `["…"]`
value-list-empty = `{ $key }` needs at least one value
value-twice = `{ $value }` stands twice in `{ $key }`
value-changes = `changes` must be a table: `{"{"} question-id = "credit" {"}"}`
value-change = a change is `credit`, `regrade`, `ask-again` or `none`
path-table = write each path as a table `[[path]]`
path-missing-key = `{ $key }` is missing in this path
path-languages = write a text for each language: `{"{"} it = "…", en = "…" {"}"}`
path-italian = the Italian text (`it`) is missing
path-modules = `modules` is a list of module ids: `["spid"]`
path-empty = a path needs at least one module
path-text = this must be a text in quotes
path-unknown-key = `{ $key }` is not a key here

## Mistakes of TOML, the form of front matter and of paths.toml

toml-write = write `{ $line }`
toml-syntax = this cannot be read
toml-syntax-help = a line is a key, an equals sign and a value: `title = "…"`, `minutes = 10`, `keywords = ["…", "…"]`
toml-invisible = a space of this line is another sign that only looks like one
toml-table = the name of a table stands between two brackets on each side
toml-table-help = write `[[path]]`
toml-no-sign = this line has no key and no equals sign
toml-key = `{ $key }` cannot be a key
toml-key-help = a key is one word, without accents, before the equals sign
toml-colon = after `{ $key }` stands a colon instead of an equals sign
toml-signs = after `{ $key }` stands more than one equals sign
toml-no-value = `{ $key }` has no value
toml-no-value-help = write the value after the equals sign, or take the line away
toml-curly = the quotation marks of this value are not straight ones
toml-curly-help = write straight quotation marks: `"…"`
toml-day = `{ $value }` is not how a day is written here
toml-no-such-day = there is no day `{ $value }`
toml-day-help = write year, month and day in figures, without quotes: `2026-11-20`
toml-comma = `{ $value }` has a comma, and this number is a whole one
toml-number = `{ $value }` is not a whole number in figures alone
toml-number-help = write figures alone, without quotes: `{ $key } = 10`
toml-open-brace = the closing brace is missing
toml-in-braces = what stands between the braces cannot be read
toml-in-braces-help = write `{"{"} it = "…", en = "…" {"}"}`
toml-list = the values of `{ $key }` are no list between square brackets
toml-list-help = write `{ $key } = ["…", "…"]`
toml-list-quotes = a value of this list has no quotation marks
toml-lines-help = in a list over several lines each value is between quotation marks and a comma follows each: look at this line and the one before
toml-list-comma = between two values of this list a comma is missing
toml-list-semicolon = the values of a list are parted by commas, not by semicolons
toml-open-bracket = the list is not closed with `]`
toml-open-quote = a quotation mark is not closed
toml-inner-quote = the quotation marks inside this text end it too early
toml-inner-apostrophe = the apostrophe inside this text ends it too early
toml-backslash = a `\` inside a text is written twice
toml-after = after the value stands `{ $rest }`
toml-two-keys = two keys stand on one line
toml-two-keys-help = write each on a line of its own
toml-no-quotes = `{ $value }` is a text without quotation marks
toml-lines = this text goes over several lines, and it stands on one
toml-no-tables = a name in square brackets begins a block, and there are none here
toml-no-tables-help = take this line away; a list stands behind its key: `keywords = ["…", "…"]`
toml-twice = the key `{ $key }` stands twice
toml-twice-help = the first one is in line { $line }: take one away

## Ids

invalid-id = `{ $id }` cannot be an id
invalid-id-help = 3 to 40 characters: a-z, 0-9 and -, beginning with a letter, such as `{ $id }`
invalid-question-id = `{ $id }` cannot be a question's id
invalid-heading-id = `{ $id }` cannot be a heading's id
invalid-heading-id-help = a-z, 0-9 and -, beginning with a letter, at most 60 characters: `{"{"}#{ $id }{"}"}`
invalid-lesson-id = `{ $id }` cannot be a lesson's id
invalid-lesson-id-help = another page of the module has this address: choose another id
duplicate-lesson-id = the lesson id `{ $id }` is used before, { $place }
duplicate-question-id = the question id `{ $id }` is used before, { $place }
duplicate-heading-id = the heading id `{ $id }` is used before, { $place }
duplicate-module-id = the module id `{ $id }` is also that of `{ $folder }/`
duplicate-path-id = the path id `{ $id }` is used before, in this file
duplicate-id-help = give one of them an id of its own: the one that was never published

## Text

raw-html = HTML is not allowed in a course
raw-html-help = write it in Markdown; for a `<` that is meant as text write `\<`
first-level-heading = a heading of the first level: that is the page's title
first-level-heading-help = begin with `##`
heading-level = "{ $heading }" is a heading of level { $level }, below one of level { $above }
heading-level-help = begin it with `{ $marks }`
heading-braces = the braces of this heading are not read as attributes
heading-braces-help = they stand last on the line and are closed: `{"{"}#id .q .one{"}"}`
heading-class = `.{ $class }` is not a class of the course format
heading-class-help = a question has `.q` and one of { $kinds }
heading-quotes = a heading's attributes have no quotes and no spaces
heading-quotes-help = write `points=2`
heading-attribute = `{ $name }` is not an attribute of this heading
heading-attribute-help = the only attribute is `points=2`, of a question
unknown-alert = this is not an alert
unknown-alert-help = the alerts are [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] and [!CAUTION], alone on their line
task-list-outside-question = a task list stands outside a question
task-list-outside-question-help = make it an ordinary list, or give the heading `.q`, a kind and an id
table-without-header = the table has no header row
table-without-header-help = name every column in the first row
broken-link-file = there is no file `{ $file }`
broken-link-image-help = an image is shown, not linked: `![what it shows](images/NAME.svg)`
broken-link-other-help = a course has no attachments: link a lesson by its file, or an `https://` page
broken-link-heading = `{ $file }` has no heading with the id `{ $id }`
broken-link-heading-help = give the heading an id: `{"{"}#{ $id }{"}"}`
broken-link-anchor-help = give the heading the id `{"{"}#{ $id }{"}"}`, and link to `#{ $id }`
insecure-link = `{ $target }` is neither a file of the course nor an `https://` address
insecure-link-help = link a lesson by its file, such as `02-scegliere.md`
insecure-link-https-help = write `https://{ $rest }`
link-without-words = the link to `{ $target }` has no words
vague-link-text = the words "{ $words }" do not say where the link leads
vague-link-text-help = name the page it leads to
practice-not-supported = practice screens ("{ $heading }") are not built yet

## Plain language

acronym = `{ $short }` is not spelled out at its first use
acronym-help = write `{ $short } ({ $long })`, or say it in your words in the same sentence
hard-to-read = the text is hard to read: its Gulpease index is { $index }, below { $limit }
hard-to-read-help = use shorter sentences and common words, first in this paragraph ({ $index }), then at { $places }
hard-to-read-help-one = use shorter sentences and common words, first in this paragraph ({ $index })
hard-to-read-help-none = use shorter sentences and common words
line-with-index = line { $line } ({ $index })
long-sentence = { $count ->
    [one] this sentence has { $count } word, more than { $most }
   *[other] this sentence has { $count } words, more than { $most }
}
long-sentence-help = make two sentences of it, or a list
verified-long-ago = { $days ->
    [one] the facts were last checked { $days } day ago
   *[other] the facts were last checked { $days } days ago
}
verified-in-future = the facts were checked on a day that has yet to come
verified-help = check them against the sources, then write the day here
competence-not-reportable = Facilita has no code for any of these competences: the module will not count
competence-not-reportable-help = add another competence that the module teaches, if there is one

## Questions

quiz-text = text between the questions of a quiz is not shown
quiz-text-help = move it before the first question, or into a question
question-in-introduction = a module's introduction has no questions
question-in-introduction-help = move it to a lesson, or to the quiz
question-nested = a question cannot stand inside a list or a quote
question-nested-help = begin its heading at the left margin
question-without-id = the question "{ $question }" has no id
question-without-id-help = add one that will never change: {"{"}#{ $id } …{"}"}
question-without-kind = the question "{ $question }" has no kind
question-kinds = the question "{ $question }" has more than one kind: { $kinds }
question-kind-help = add exactly one of { $kinds }
question-kind-without-q = a kind of question on a heading that is not a question
question-kind-without-q-help = add the class `.q`
question-points = `{ $value }` is no number of points
question-points-help = write `points=` and a whole number from 1 to 100
question-heading = a heading inside a question
question-heading-help = a question ends at a heading of its own level or a higher one; use bold text
question-list = a list in the text of a question is read as its options
question-list-help = write it as a sentence, or part it with commas: the only list of this question is that of its options
question-text-after = text after the options is not shown
question-text-after-help = put it before the options, or into an explanation: `> [!NOTE]`
question-no-options = "{ $question }" has no options
question-no-options-help = add a list: - [ ] `a` …
question-no-steps = "{ $question }" has no steps
question-no-steps-help = add a numbered list: 1. `a` …
question-no-pairs = "{ $question }" has no table of pairs
question-no-pairs-help = add a table of two columns
question-no-answer = "{ $question }" has no accepted answer
question-no-answer-help = add a line `= …`, with an empty line before it
question-single-option = "{ $question }" has a single option
question-single-option-help = add at least another one
question-few-pairs = "{ $question }" has fewer than two pairs
question-few-pairs-help = add a row with both cells filled
question-several-right = { $count ->
    [one] { $count } right answer to "{ $question }", which is `.one`
   *[other] { $count } right answers to "{ $question }", which is `.one`
}
question-several-right-help = leave one `[x]`, or make the question `.many`
question-without-right = no right answer to "{ $question }"
question-without-right-help = mark one option with `[x]`
feedback-outside-option = this quote is outside the options, so it is nobody's feedback
feedback-outside-option-help = indent it by two spaces, to the text of its option
alert-second-hint = a second hint
alert-second-hint-help = put both into one `> [!TIP]`
alert-second-note = a second explanation
alert-second-note-help = put both into one `> [!NOTE]`
alert-late-hint = a hint after the options
alert-late-hint-help = move the `> [!TIP]` before the options; an explanation is a `> [!NOTE]`
alert-early-note = an explanation before the options would give the answer away
alert-early-note-help = move the `> [!NOTE]` after the options; a hint is a `> [!TIP]`
alert-in-question = this alert has no meaning in a question
alert-in-question-help = a hint is `> [!TIP]` before the options, an explanation `> [!NOTE]` after them
alert-in-option = an alert inside an option
alert-in-option-help = feedback is a plain quote: `> …`; an explanation stands after the options, at the left margin, with an empty line before it
order-list = the steps of an `.order` question are a numbered list
order-list-help = write `1.`, `2.` …, in the right order
step-content = a step is one line
step-content-help = say more before the steps
step-marker = a step has no box to tick
step-marker-help = remove it: the order of the list is the right one
option-content = an option is one line and one quote with its feedback
option-content-help = say more before the options, or in the feedback
option-marker-unread = this is not read as a box to tick
option-marker-unread-help = write `[x]` or `[ ]` with a space inside and one after it
option-marker-missing = the option has no box to tick
option-marker-missing-help = begin it with `[ ]`, or with `[x]` if it is right
option-key = `{ $key }` cannot be a key
option-key-missing = there is no key
option-key-twice = the key `{ $key }` stands twice in the question
option-key-help = begin with a key in backquotes, 1 to 8 of a-z and 0-9, that stays when the text changes: `a`
option-empty = there is no text after the key
option-empty-right = a row without anything in the right column
option-empty-right-help = fill both cells for a pair, the right one alone for a distractor
match-table = { $count ->
    [one] the table of a `.match` question has { $count } column, not two
   *[other] the table of a `.match` question has { $count } columns, not two
}
match-table-help = the left column is matched with the right one
number-answer = `{ $text }` is not a number
number-range-empty = the range is empty: its end is smaller than its beginning
number-answer-help = write `= 3`, `= 3 ± 0,5` or `= 10..12`
text-answer-empty = the accepted answer is empty
text-answer-empty-help = write it after the `=`
text-answer-short = a typing error is allowed only from six letters on
text-answer-short-help = write `=` instead of `=~`
answer-line = a line among the accepted answers does not begin with `=`
answer-line-help = put an empty line between the text and the answers

## Across modules

requires-itself = `{ $module }` requires itself
requires-cycle = `{ $module }` requires `{ $required }`, and `{ $required }` in turn `{ $module }`
unknown-module = there is no module `{ $module }`
unknown-question = the module has no question `{ $question }`
translation-without-original = there is no original `{ $name }.md` of this translation
translation-missing = the translation `{ $name }` is missing
translation-missing-help = add it, or take away every file of the module that ends in `.{ $lang }.md`
translation-id = the original's id is `{ $id }`
translation-more-questions = the original has no question `{ $question }` in this file
translation-fewer-questions = the question `{ $question }` of the original is missing
translation-repeats = `{ $key }` is the original's: a translation does not repeat it
translation-repeats-help = take the line away
translation-kind = the question is `.{ $own }`, in the original `.{ $original }`
translation-points = the question is worth { $own }, in the original { $original }
translation-options = the options are { $own }, in the original { $original }
translation-answer = another answer is right than in the original

## ids.lock

id-removed = the { $kind } { $name } was published and is gone
id-removed-help = give it back its id; if it was taken away on purpose, run `autonomia lock --retire { $name }`
id-returns = the { $kind } { $name } was retired and is used again
id-returns-help = choose an id never used before
key-changed = the key of `{ $question }` changed since it was published
key-changed-help = say in module.md what happens to earlier marks: `changes = {"{"} { $question } = "credit" {"}"}`, or "regrade", "ask-again", "none"
key-changed-same-rev = the key of `{ $question }` changed, but `rev` is the same as before
key-changed-same-rev-help = raise `rev` by one
rev-went-down = `rev` is { $new }, but { $old } was published
rev-went-down-help = write `rev = { $next }`
lock-missing = there is no `ids.lock`: no id of this course is protected
lock-changed = { $count ->
    [one] an id has changed since it was locked
   *[other] { $count } ids have changed since they were locked
}
lock-one-new = the { $kind } { $name } is not locked
lock-new = the { $kind } { $name } and { lock-more } are not locked
lock-more = { $more } more
lock-out-of-date-help = run `autonomia lock`
lock-twice = this id is listed twice
lock-kind = a line begins with `module`, `lesson`, `question` or `path`
lock-id = the id is missing
lock-state = after the id comes `live` or `retired`
lock-rev = `rev` is a whole number
lock-rest = only `rev=`, `key=` and `text=` may follow
lock-hashes = a question has `key=` and `text=`
lock-no-hashes = only a question has `key=` and `text=`

## Text that vanishes, or is shown as it stands

code-open = this backquote opens nothing: people see it
code-apostrophe = the text between these backquotes is read as code
code-apostrophe-help = the apostrophe is `'`; code stands between two backquotes; for the sign itself write a backslash before it
code-indented = four spaces at the beginning make this line code
code-indented-help = remove them; what is code stands between two lines of three backquotes
code-endless = this block of code is never closed: all that follows is in it
code-endless-help = end it with a line { $fence }
code-info = `{ $text }` is not shown: it would be the name of a language
code-info-help = write it above the block, as text
footnote-twice = the footnote `[^{ $name }]` stands twice
footnote-twice-help = give each footnote a name of its own
footnote-unused = the footnote `[^{ $name }]` is one that nothing refers to
footnote-unused-help = write `[^{ $name }]` where it belongs, or remove it
footnote-undefined = the footnote `[^{ $name }]` is not defined
footnote-undefined-help = write it on a line of its own: `[^{ $name }]: …`
definition-twice = the definition `[{ $name }]:` stands twice: the second is not used
definition-twice-help = remove one of them
definition-unused = the definition `[{ $name }]:` is used by nothing, and shown nowhere
definition-unused-help = refer to it with `[testo][nome]`, or remove it
reference-undefined = `{ $text }` refers to a definition that is not there
reference-undefined-help = write the address, `[testo](https://…)`, or define it on a line of its own: `[{ $name }]: https://…`
emphasis-read = these asterisks are read as emphasis, and not shown
emphasis-read-help = write `×` or `\*` for the sign; around a word, leave a space outside
emphasis-shown = this is not read as emphasis: people see `{ $marks }`
emphasis-shown-help = the marks touch the words inside and leave a space outside: `{ $marks }Nota:{ $marks } testo`; for the sign itself write `\{ $mark }`
heading-no-space = this is not read as a heading: no space stands behind `{ $marks }`
heading-no-space-help = write `{ $marks } ` with a plain space; for the sign itself write `\#`
heading-underlined = the hyphens below this text make it a heading
heading-underlined-help = leave an empty line before the hyphens; a heading begins with `## `
heading-ending = what ends a heading like this is not shown
heading-ending-help = for the sign itself write `\#`
link-not-read = this link is not read as one
image-not-read = this image is not read as one
link-bracket-help = write `[testo](indirizzo)`; for a bracket that is text write `\[`
link-space = this link is not read as one: a space parts its brackets
image-space = this image is not read as one: a space parts its brackets
link-space-help = write `[testo](indirizzo)`, without a space
link-open = this link is not read as one: its round bracket is not closed on the line
image-open = this image is not read as one: its round bracket is not closed on the line
link-open-help = close it: `[testo](indirizzo)`
image-address-spaces = this image is not read as one: the file's name has spaces
image-address-spaces-help = rename the file, `la-mia-foto.png`, and write the new name here
link-address-spaces = this link is not read as one: the address has spaces
link-address-spaces-help = write `%20` for each space of the address
link-reversed = the brackets of this link are the wrong way round
link-reversed-help = write `[{ $words }]({ $address })`
link-bare = this address is text: it cannot be pressed
link-bare-help = write `[the page's name](address)`; an address that nobody should open stands in backquotes
list-unclear = these lines are not read as a list: they run together
list-unclear-help = leave an empty line before the list, and begin each line with `- ` or `1. `
quote-goes-on = the quote above takes this line in
quote-goes-on-help = leave an empty line before it, or begin it with `>` if it belongs there
stray-backslash = people see this backslash: no line follows that it could begin
stray-backslash-help = remove it, or write `\\` for the sign itself
stray-entity = `{ $text }` is not the name of a character
stray-entity-help = write the character itself; for the sign `&` as text write `\&`
table-not-read = this table is not read as one
table-not-read-help = leave an empty line before it
table-header-cells = { $count ->
    [one] the table's header has { $count } cell, the line below it { $parts }
   *[other] the table's header has { $count } cells, the line below it { $parts }
}
table-header-cells-help = write as many parts of hyphens as there are names: `|---|---|`
table-no-header = this table has no header, so its bars are shown
table-no-header-help = name the columns in a first row, with a line `|---|---|` below it
table-row-text = this line is read as a row of the table above
table-row-text-help = leave an empty line between the table and the text
table-row-long = { $count ->
    [one] this row has { $count } cell, the header { $columns }: the rest is not shown
   *[other] this row has { $count } cells, the header { $columns }: the rest is not shown
}
table-row-long-help = name every column in the header, or join the cells; a bar that is text is `\|`
table-row-short = { $count ->
    [one] this row has { $count } cell, the header { $columns }
   *[other] this row has { $count } cells, the header { $columns }
}
table-row-short-help = write every cell, an empty one as `| |`
options-numbered = the options are a numbered list
options-numbered-help = begin each with `- [ ] `; steps to put in order are a question `.order`
alike-options = two options say the same
alike-steps = two steps say the same
alike-cells = two cells of a column say the same
alike-answers = two accepted answers say the same
alike-help = give each a text of its own, or remove one
number-dots = three dots stand between the ends of the range
number-dots-help = two dots join the ends, a comma begins the decimals: `= 0..5`, `= 0..0,5`
number-two-ways = `{ $text }` can be read in two ways: the dot may part thousands or decimals
number-two-ways-help = write `{ $whole }`, or `{ $thousandths }` with a comma before the decimals
number-grouped = `{ $text }` has marks between groups of figures
number-grouped-help = write the figures without dots, spaces and apostrophes, and a comma before the decimals: `1500,50`
list-number = people see this line as number { $seen }, not { $number }: a list counts on
list-number-help = number the lines in order; a list that begins anew wants text before it

## Other dialects

dialect-box = Pandoc, Quarto, MyST or Docusaurus (a box)
dialect-box-help = a box is an alert: `> [!NOTE]`, and each line begins with `> `
dialect-mkdocs = MkDocs (a box or tabs)
dialect-mkdocs-help = a box is an alert: `> [!NOTE]`, and each line begins with `> `; for tabs use headings
dialect-definition = Pandoc or PHP Markdown Extra (a definition)
dialect-definition-help = write a list: `- **parola**: che cosa vuol dire`
dialect-kramdown = kramdown, of Jekyll and the Carpentries (attributes)
dialect-kramdown-help = remove it; a box is an alert: `> [!NOTE]`
dialect-abbreviation = PHP Markdown Extra or MkDocs (an abbreviation)
dialect-abbreviation-help = spell it out where it first stands: `OTP (codice che vale una volta sola)`
dialect-contents = a program that makes a table of contents
dialect-contents-help = remove it: a lesson is short, and the module lists its lessons
dialect-mdx = MDX, of Docusaurus
dialect-mdx-help = remove it: a lesson has no program in it
dialect-rst = reStructuredText (Sphinx)
dialect-rst-help = a box is an alert: `> [!NOTE]`; a picture is `![testo](images/nome.svg)`
dialect-moodle = Moodle (questions in GIFT or Aiken)
dialect-moodle-help = a question is a heading `## … {"{"}#id .q .one{"}"}` with a list `- [x] `, `- [ ] `
dialect-textile = Textile or Jira
dialect-textile-help = a heading begins with `## `
dialect-wiki = MediaWiki or AsciiDoc
dialect-wiki-help = a heading begins with `## `, bold text is `**così**`
dialect-macro = a wiki (a macro)
dialect-macro-help = remove it; a box is an alert: `> [!NOTE]`
dialect-role = MyST or Sphinx (a role or a target)
dialect-role-help = a link is `[testo](02-lezione.md#titolo)`
dialect-liquid = Liquid, of Jekyll (a template)
dialect-liquid-help = write the text that it would put there
dialect-hugo = Hugo (a shortcode)
dialect-hugo-help = write what it would put there: `![testo](images/nome.svg)`, `> [!NOTE]`
dialect-braces = a template (Jekyll, Hugo, MyST, LiaScript or Vue)
dialect-braces-help = write the text that it would put there; what differs by region is `{"{"}{"{"}region.…{"}"}{"}"}`
dialect-attributes = Pandoc, Quarto, MyST or kramdown (attributes)
dialect-attributes-help = remove them: only headings have some; the words for a picture stand in its brackets, `![testo](images/nome.svg)`
dialect-math = LaTeX (a formula)
dialect-math-help = write it in words or plain signs: `5 × 3`, `x²`, `√2`
dialect-strike = GitHub (struck-out text)
dialect-strike-help = remove what no longer holds; for the sign itself write `\~`
dialect-highlight = Obsidian or Pandoc (a highlight)
dialect-highlight-help = bold text is `**così**`
dialect-emoji = GitHub and Slack (an emoji) or Sphinx (a field)
dialect-emoji-help = write a word, or the character itself: ✅
dialect-wiki-link = Obsidian or a wiki (a link)
dialect-wiki-link-help = a link is `[testo](02-lezione.md)`, a picture `![testo](images/nome.svg)`
dialect-script = Pandoc (raised or lowered text)
dialect-script-help = write the character itself: x², H₂O, 1ª
dialect-note = Pandoc (a note in the line)
dialect-note-help = write `[^1]` here, and `[^1]: …` on a line of its own
dialect-citation = Pandoc or Quarto (a citation)
dialect-citation-help = name the source in words, with a link
dialect-bbcode = a forum or WordPress (BBCode)
dialect-bbcode-help = bold text is `**così**`, a link `[testo](https://…)`
dialect-comment = Obsidian (a comment)
dialect-comment-help = remove it: a file of the course has no comments
dialect-lia = LiaScript (a film or a quiz)
dialect-lia-help = link to it, `[testo](https://…)`; a question is a heading `{"{"}#id .q .one{"}"}`
dialect-rmd = R Markdown, Quarto or MyST
dialect-rmd-help = nothing is run here: write the text or the result itself; an alert is `> [!NOTE]`
dialect-drawn = a program that draws it
dialect-drawn-help = put the drawing into `images/` as SVG, with words for who cannot see it
dialect-size = Obsidian (the size of a picture)
dialect-size-help = remove the bar and the number: every reader sees a picture as wide as the page allows
dialect-inline-r = R Markdown or Quarto
dialect-inline-r-help = nothing is run here: write the result itself
dialect-yaml = Jekyll, Hugo, Pandoc or another program that reads YAML
dialect-second = a second front matter
dialect-second-help = remove it; a file has one front matter, TOML between two lines `+++`
other-dialect = `{ $mark }` belongs to { $home }: here people read it as it stands
other-dialect-block = this block belongs to { $home }: here people read it as it stands

# What differs by region
complaint-in-region = { $complaint } (in { $region })
region-table = write a region as a table `[puglia]`
region-unknown-key = `{ $key }` is not a key of a region
region-neutral-address = an address has no neutral one: the link is its words alone
region-value = write a value as `{"{"} value = "…", verified = 2026-11-30, source = "https://…" {"}"}`
region-value-part = `{ $part }` is missing in this value
region-address = `{ $address }` is not an `https://` address
region-address-help = write the whole address, beginning with `https://`
region-text = write a text in quotes, or one for each language: `{"{"} it = "…", en = "…" {"}"}`
region-misplaced = a region's value cannot stand here
region-misplaced-link = a link leads to `{"{{"}region.KEY{"}}"}` alone
region-misplaced-text = this is no address: write it in the text
region-misplaced-address = write it as a link: `[…]({"{{"}region.{ $key }{"}}"})`
region-misplaced-question = what differs by region stands in the text, not in a heading or a question
region-misplaced-front-matter = it stands in the text, not in the front matter
region-misplaced-written = write `{"{{"}region.KEY{"}}"}` in running text, without spaces
region-without-neutral = `{ $key }` has no neutral words for a region without a value
region-without-neutral-help = add `{ $key } = "…"` to the table `[neutral]` of regions.toml
region-value-old = { $days ->
    [one] this value was last checked { $days } day ago
   *[other] this value was last checked { $days } days ago
}
region-value-in-future = this value was checked on a day that has yet to come
region-value-old-help = check it against its source, then write the day here

# What people say and the text does not
asks-long = { $characters ->
    [one] one of `asks` has { $characters } character; the most is { $most }
   *[other] one of `asks` has { $characters } characters; the most is { $most }
}
asks-many = { $count ->
    [one] `asks` has { $count } question; the most is { $most }
   *[other] `asks` has { $count } questions; the most is { $most }
}
asks-without-lesson = the module has no lesson `{ $lesson }`
asks-without-edition = this lesson is not there in this language: `{ $lang }`
asks-table = write a table for each lesson, with its id: `[id-of-the-lesson]`

words-table = write each as a table `[[{ $name }]]`
words-group = a group has two words or more
words-joined = `word` is one word: what it is called when it is written together
words-needs-italian = the Italian needs (`it`) are missing
words-place = `{ $place }` cannot be a place
words-place-help = write `module/lesson#heading`, with the ids of the module, the lesson and the heading
words-missing = `{ $key }` is missing here
words-list = write a list of texts: `["…"]`
words-most = { $most ->
    [one] at most { $most } text stands together
   *[other] at most { $most } texts stand together
}
words-text = { $most ->
    [one] this must be a text in quotes, of at most { $most } letter
   *[other] this must be a text in quotes, of at most { $most } letters
}
word-in-two-groups = `{ $word }` is in another group too
word-in-two-groups-help = leave it in the group whose words really are for the same thing
word-stands-for-two = `{ $word }` stands for `{ $other }` too
word-leads-in-a-circle = `{ $word }` leads back to itself
word-leads-in-a-circle-help = take out the step that leads back
word-without-lesson = `{ $module }` has no lesson `{ $lesson }`
word-without-heading = `{ $file }` has no heading with the id `{ $heading }`
