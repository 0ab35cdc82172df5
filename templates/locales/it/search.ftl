# Searching.
search-title = Cerca nelle lezioni
search-filters = Restringi la ricerca
search-suggestions = Forse cercavi:
search-found = { $count ->
    [one] Un risultato per «{ $query }»
    [15] I primi 15 risultati per «{ $query }»
   *[other] { $count } risultati per «{ $query }»
}
search-empty = Scrivi che cosa vuoi imparare a fare, anche con parole tue.

# What cannot wait, and what nothing fits.
search-urgent = Prima di tutto
search-nothing = Nessuna lezione risponde a «{ $query }»
search-nothing-advice = Prova con altre parole, anche una sola. Oppure scegli una di queste strade.
search-perhaps = Forse ti serve una di queste lezioni:
search-near = I moduli più vicini
search-to-point = Vai a un punto di facilitazione: lì una persona ti aiuta, ed è gratis.
search-to-point-link = Cerca il punto più vicino
search-to-facilitator = Hai già una tessera? Scrivi al tuo facilitatore.

# What people look for and do not find.
missed-title = Cercate e non trovate
missed-lead = Le parole che le persone cercano nelle lezioni, senza una risposta. Non c'è scritto chi le ha cercate.
missed-caption = Le parole cercate almeno tre volte, dalla più frequente
missed-words = Parole
missed-times = Volte
missed-last = Ultima settimana, dal lunedì
missed-advice = Se una lezione risponde già, aggiungi queste parole ai suoi «asks». Se nessuna risponde, forse manca una lezione.
missed-none = Per ora non c'è niente. Qui compaiono le parole cercate almeno tre volte.
