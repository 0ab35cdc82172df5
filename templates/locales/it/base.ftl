# The frame of every page, and words used on several pages.
site-name = Autonomia
site-tagline = Impara a usare i servizi digitali, con calma
site-owner = Rete dei punti di facilitazione digitale
skip-to-content = Vai al contenuto
breadcrumb-label = Percorso di navigazione
language-label = Lingua
nav-label = Menu principale
nav-home = Inizio
nav-modules = Impara
nav-mine = Il mio percorso
nav-totals = I numeri della rete
nav-point = Il mio punto
nav-accounts = Persone e accessi
nav-lessons = Le lezioni
nav-editorial = La redazione
own-rooms-label = Le mie aree
nav-enter = Accedi
search-label = Cerca nelle lezioni
search-placeholder = Cerca una lezione
search-button = Cerca
footer-label = Informazioni sul sito
footer-text = Lezioni gratuite, da casa. Un servizio della rete di facilitazione digitale.
footer-staff = Per chi lavora qui

minutes = { $count ->
    [one] 1 minuto
   *[other] { $count } minuti
}
lessons = { $count ->
    [one] 1 lezione
   *[other] { $count } lezioni
}
modules-count = { $count ->
    [one] 1 modulo
   *[other] { $count } moduli
}
in-language-it = in italiano
in-language-en = in inglese
only-in-it = Questo contenuto è in italiano.
only-in-en = Questo contenuto è in inglese.

level-short = Livello { $level }
level-1 = Livello 1: base, con una guida
level-2 = Livello 2: base, in autonomia con qualche aiuto
level-3 = Livello 3: intermedio, per problemi semplici
level-4 = Livello 4: intermedio, in autonomia
level-5 = Livello 5: avanzato, per guidare gli altri
level-6 = Livello 6: avanzato, per casi complessi
level-7 = Livello 7: specializzato
level-8 = Livello 8: molto specializzato

month-1 = gennaio
month-2 = febbraio
month-3 = marzo
month-4 = aprile
month-5 = maggio
month-6 = giugno
month-7 = luglio
month-8 = agosto
month-9 = settembre
month-10 = ottobre
month-11 = novembre
month-12 = dicembre

undo = Annulla
step-done = (fatto)
chart-table = Vedi i numeri in tabella
