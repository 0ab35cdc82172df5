# What proves the services that count: sheets to print, an auditor's list of hashes.
evidence-link = Documento del servizio
evidence-link-person = Documenti dei servizi
evidence-title = Documenti dei servizi
evidence-print = Puoi stampare questa pagina: ogni servizio sta su un foglio.
evidence-back = Torna indietro
evidence-none = Qui non c'è ancora un servizio. Quindi non c'è niente da documentare.
evidence-made = Documento fatto il { $moment }.
evidence-voided = Annullato il { $day } da { $by }: non conta più. Motivo: { $why }
evidence-service = Il servizio
evidence-rule = Perché conta
evidence-person = Chi è la persona
evidence-programme = Il programma
evidence-facilita = In Facilita
evidence-day = Giorno
evidence-kind = Tipo
evidence-minutes = Minuti
evidence-about = Argomento
evidence-competences = Competenze
evidence-domains = Servizi pubblici
evidence-point = Punto
evidence-facilitator = Facilitatore
evidence-id = Numero del servizio
evidence-met = Regola
evidence-met-desk = Un facilitatore l'ha dato e l'ha registrato.
evidence-met-quiz = Quiz superato: { $score } su 100, ne servono { $pass }.
evidence-met-lessons = Tutte le lezioni lette: il modulo non ha un quiz.
evidence-met-facilitator = Un facilitatore ha visto la persona farlo.
evidence-met-unknown = Il modulo è finito. La regola non è scritta.
evidence-module = Modulo
evidence-revision = Versione del contenuto
evidence-completed = Finito il
evidence-reason = Motivo
evidence-recorded = Registrato il
evidence-by-program = il programma
evidence-on-by = { $day }, da { $by }
evidence-counts = Conta come
evidence-counts-new = primo servizio di un nuovo cittadino
evidence-counts-known = servizio a un cittadino già contato
evidence-verified = Codice fiscale letto il
evidence-not-verified = non ancora
evidence-erased = Scheda cancellata
evidence-erased-on = il { $day }. Il servizio resta nei totali, senza nome.
evidence-hash = SHA-256 del codice fiscale
evidence-no-code = manca il codice fiscale
evidence-name = Nome
evidence-days = Giorni
evidence-span = dal { $from } al { $to }
evidence-ages = Età che contano
evidence-span-ages = { $most ->
    [one] da { $least } a un anno
   *[other] da { $least } a { $most } anni
}
evidence-body = Ente
evidence-project = Progetto (CUP)
evidence-state = Stato
evidence-file-row = File del { $day }, riga { $row }
evidence-lookup-title = Verifica un elenco
evidence-lookup-link = Verifica un elenco di chi controlla
evidence-lookup-lead = Chi controlla ha un elenco di hash. Per ognuno trovi il primo servizio della persona.
evidence-file = Elenco
evidence-file-help = Un file di testo o CSV con un hash SHA-256 per riga: 64 cifre e lettere.
evidence-look-up = Cerca
evidence-not-kept = L'elenco non resta qui. Le risposte si possono aprire per un'ora.
evidence-no-hash = In questo file non c'è nessun hash SHA-256. Controlla che sia il file giusto.
evidence-too-long = { $most ->
    [one] Questo elenco ha più di una riga. Dividilo in più file.
   *[other] Questo elenco ha più di { $most } righe. Dividilo in più file.
}
evidence-too-large = { $most ->
    [one] Questo file ha più di 24 MB. Dividilo in più file, di una riga o meno.
   *[other] Questo file ha più di 24 MB. Dividilo in più file, di { $most } righe o meno.
}
evidence-found-title = Che cosa abbiamo trovato
evidence-found = Trovati
evidence-missing = Non trovati
evidence-again = Ripetuti
evidence-unreadable = Righe che non sono hash
evidence-table = Scarica la tabella (CSV)
evidence-sheets = Documenti da stampare
evidence-lines = Riga per riga
evidence-line = Riga
evidence-answer = Esito
evidence-is-found = trovato
evidence-is-missing = non trovato
evidence-is-again = come la riga { $line }
evidence-is-unreadable = non è un hash
