# Error pages: what happened, and what to do.
error-number = Errore { $status }
error-home = Torna all'inizio
error-400-title = Non abbiamo capito la richiesta
error-400-text = L'indirizzo o i dati inviati non sono completi.
error-400-advice = Torna indietro e riprova. Se succede di nuovo, parti dalla pagina iniziale.
error-401-title = Devi accedere
error-401-text = Per vedere questa pagina devi accedere. Se eri già dentro, la tua sessione è finita.
error-401-advice = Accedi e riprova.
error-403-title = Questa pagina non è per te
error-403-text = Il tuo accesso non permette di fare questa operazione.
error-403-advice = Ti sembra un errore? Parlane con il tuo punto di facilitazione.
error-404-title = Pagina non trovata
error-404-text = Qui non c'è niente. Forse l'indirizzo è sbagliato, o la pagina è stata spostata.
error-404-advice = Controlla l'indirizzo, o cerca quello che ti serve.
error-405-title = Operazione non possibile
error-405-text = Questa pagina non si può usare in questo modo.
error-405-advice = Torna indietro e riprova.
error-408-title = Ci hai messo troppo
error-408-text = I dati non sono arrivati in tempo. Forse la connessione è lenta.
error-408-advice = Riprova quando la connessione è migliore.
error-409-title = C'è già
error-409-text = Quello che hai inviato contraddice quello che c'è già.
error-409-advice = Ricarica la pagina e guarda com'è adesso.
error-413-title = Hai inviato troppo
error-413-text = Hai inviato un testo o un file troppo grande.
error-413-advice = Accorcia il testo, o dividi il file in più parti.
error-415-title = Formato non accettato
error-415-text = I dati inviati non sono nel formato giusto.
error-415-advice = Usa il modulo della pagina.
error-422-title = Controlla i dati
error-422-text = Alcuni dati non vanno bene.
error-422-advice = Torna indietro e correggi i campi indicati.
error-429-title = Troppe richieste
error-429-text = Abbiamo ricevuto troppe richieste in poco tempo.
error-429-wait = Ci sono stati troppi tentativi. { $minutes ->
    [one] Riprova tra un minuto.
   *[other] Riprova tra { $minutes } minuti.
}
error-429-advice = Aspetta un momento e riprova.
error-500-title = C'è un problema da parte nostra
error-500-text = Qualcosa non ha funzionato. Non è colpa tua.
error-500-advice = Riprova tra qualche minuto. Quello che avevi già fatto è salvo.
error-503-title = Il servizio non è disponibile
error-503-text = In questo momento non possiamo leggere o salvare i dati. Quello che hai inviato forse non è salvato.
error-503-advice = Riprova tra qualche minuto. Se lo invii due volte, vale una volta sola.

# What a program sent and we cannot read. The texts never repeat the values.
unreadable-json = Il testo non è JSON valido: guarda la riga { $line }, colonna { $column }.
unreadable-field = Il campo { $field } non va bene. { $expected }
expected-missing = Il campo manca.
expected-once = Il campo c'è più di una volta.
expected-unknown = Il campo non esiste.
expected-choice = Il valore non è tra quelli ammessi.
expected-boolean = Serve true oppure false.
expected-number = Serve un numero intero, non troppo grande.
expected-text = Serve un testo.
expected-list = Serve una lista.
expected-object = Serve un oggetto con dei campi.
expected-id = Serve un codice di tipo UUID.
expected-day = Serve una data: anno, mese e giorno (AAAA-MM-GG).
expected-other = Il valore non ha la forma giusta.
gone-title = Questa risposta non c'è più
gone-why = Puoi rivedere la risposta a un modulo per dieci minuti. La vede solo chi ha inviato il modulo.
gone-safe = Non devi fare nulla. Il modulo non è stato inviato di nuovo.
gone-on = Vai alla pagina
