# Searching.
search-title = Cerca nelle lezioni
search-filters = Restringi la ricerca
search-suggestions = Forse cercavi:
search-found = { $count ->
    [one] Un risultato per «{ $query }»
    [15] I primi 15 risultati per «{ $query }»
   *[other] { $count } risultati per «{ $query }»
}
search-nothing = Nessun risultato per «{ $query }»
search-nothing-advice = Prova con una parola sola, o con parole più comuni. Puoi anche guardare l'elenco dei moduli.
search-empty = Scrivi che cosa vuoi imparare a fare, anche con parole tue.
