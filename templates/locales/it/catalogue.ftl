# Home, the list of modules, a module, its lessons, learning paths.
home-title = Autonomia: impara a usare i servizi digitali
home-description = Lezioni brevi e gratuite per usare SPID, pagare online, prenotare una visita. Impari da casa, quando vuoi, senza fretta.
home-heading = Impara a usare i servizi digitali. Con calma, da casa.
home-lead = Lezioni brevi, gratuite e scritte in modo semplice. Puoi sbagliare quanto vuoi, fermarti e riprendere quando ti va.
home-search-label = Cerca che cosa imparare
home-question = Che cosa vuoi imparare a fare?
home-search-example = Per esempio: prenotare una visita
home-paths = Parti da quello che ti serve
home-paths-text = Ogni percorso mette in fila i moduli giusti, un passo alla volta.
home-modules = I moduli
home-all-modules = Vedi tutti i moduli
home-how = Come funziona
home-how-1-title = Leggi e prova.
home-how-1-text = Ogni lezione dura pochi minuti e ha qualche domanda per esercitarti. Non serve registrarsi.
home-how-2-title = Fai il quiz finale.
home-how-2-text = Non c'è un tempo limite. Puoi provare quante volte vuoi: vale il risultato migliore.
home-how-3-title = Serve una mano?
home-how-3-text = Nei punti di facilitazione una persona ti aiuta gratis. Ti dà anche una tessera. Con quella ritrovi i tuoi progressi ovunque.

modules-title = Tutti i moduli
modules-description = Tutti i moduli di Autonomia: SPID, pagamenti, salute. Impari a usare i servizi pubblici online.
modules-lead = Scegli da dove cominciare. Ogni modulo ha lezioni brevi e un quiz finale.
modules-found = { $count ->
    [0] Nessun modulo
    [one] 1 modulo
   *[other] { $count } moduli
}
modules-none = Nessun modulo corrisponde a questa scelta. Prova a togliere un filtro.
filters-label = Filtra i moduli
filter-level = Livello
filter-any-level = Tutti i livelli
filter-domain = Servizio pubblico
filter-any-domain = Tutti i servizi
filter-competence = Competenza
filter-any-competence = Tutte le competenze
filter-apply = Filtra
filter-clear = Togli i filtri
pages-label = Pagine dell'elenco
page-previous = Pagina precedente
page-next = Pagina successiva
page-of = Pagina { $page } di { $pages }

path-eyebrow = Percorso
path-text = { $modules ->
    [one] Un modulo, circa { $minutes ->
        [one] un minuto
       *[other] { $minutes } minuti
    }.
   *[other] { $modules } moduli da seguire in ordine, circa { $minutes ->
        [one] un minuto
       *[other] { $minutes } minuti
    } in tutto.
}

module-lessons = Le lezioni
module-begin = Comincia la prima lezione
module-requires = Prima di questo modulo:
module-quiz-questions = { $count ->
    [one] 1 domanda
   *[other] { $count } domande
}
module-quiz = Vai al quiz
module-facts = In breve
fact-minutes = Durata
fact-level = Livello
fact-quiz = Quiz finale
fact-quiz-text = { $questions ->
    [one] Una domanda; superi il modulo con il { $pass }% dei punti
   *[other] { $questions } domande; superi il modulo con il { $pass }% dei punti
}
fact-competences = Che cosa impari (DigComp)
fact-verified = Verificato il
fact-sources = Da dove vengono le informazioni
fact-revision = Revisione { $rev } del modulo.

lesson-place = Lezione { $number } di { $of }
lesson-index = Le lezioni di questo modulo
lesson-nav = Altre lezioni
lesson-previous = Lezione precedente
lesson-then = Poi:
lesson-skip = Vai oltre, la leggo dopo
lesson-read-next = Ho letto: avanti
lesson-read-quiz = Ho letto: vai al quiz
lesson-read-done = Ho letto
lesson-read-help = Segniamo la lezione come letta, così sai dove sei arrivato.
lesson-verified = Informazioni verificate il { $day }.

question-kind-one = Una sola risposta
question-kind-many = Una o più risposte
question-kind-order = Metti in ordine
question-kind-match = Abbina
question-kind-number = Scrivi un numero
question-kind-text = Scrivi la risposta
question-hint = Un aiuto
question-order-choose = Scegli il posto
question-order-place = { $place }º posto
question-match-choose = Scegli
question-answer-number = La tua risposta, in cifre
question-answer-text = La tua risposta
question-check = Controlla la risposta
