# Practice questions, the quiz, and what it led to.
practice-eyebrow = Esercizio
practice-back = Torna alla lezione
practice-again = Riprova l'esercizio
given-title = La tua risposta
grade-right = Giusto!
grade-wrong = Non è giusto
grade-incomplete = Hai scelto bene, ma manca ancora una risposta giusta.
grade-points = Punti: { $points } su { $max }
grade-explanation = Spiegazione

answer-empty = Scegli o scrivi una risposta prima di continuare.
answer-incomplete = Manca qualcosa. Completa tutte le righe, e usa ogni scelta una volta sola.
answer-not-a-number = Scrivi un numero in cifre, per esempio 3.
answer-too-long = La risposta è troppo lunga.
answer-unknown-option = La pagina è cambiata nel frattempo. Rispondi di nuovo.
answer-wrong-shape = La pagina è cambiata nel frattempo. Rispondi di nuovo.
attempt-finished = Questo quiz è già finito.
attempt-answered = A questa domanda hai già risposto.

quiz-title = Quiz
quiz-completed = Hai completato questo modulo il { $day }.
quiz-best = Il tuo miglior risultato finora: { $score }%.
quiz-rule-questions = { $count ->
    [one] Una domanda.
   *[other] { $count } domande, una per pagina.
}
quiz-rule-pass = Superi il modulo con il { $pass }% dei punti.
quiz-rule-time = Nessun tempo limite. Puoi rifarlo quante volte vuoi: conta il risultato migliore.
quiz-rule-save = Ogni risposta si salva subito. Puoi fermarti e riprendere dopo.
quiz-start = Comincia il quiz
quiz-again = Rifai il quiz
quiz-resume = Riprendi il quiz ({ $answered } risposte su { $of })
quiz-back = Torna al modulo
quiz-question = Domanda { $number } di { $of }
quiz-steps = Le domande del quiz
quiz-step = Domanda
quiz-step-answered = (con risposta)
quiz-answer = Rispondi
quiz-skip = Salta questa domanda per ora
quiz-next = Prossima domanda
quiz-to-end = Vai alla fine del quiz
quiz-to-result = Vai al risultato
quiz-unanswered = A questa domanda non hai risposto.
quiz-end-title = Vuoi chiudere il quiz?
quiz-end-open = { $count ->
    [one] C'è ancora una domanda senza risposta.
   *[other] Ci sono ancora { $count } domande senza risposta.
}
quiz-end-open-text = Le domande senza risposta valgono zero punti. Puoi tornare indietro e rispondere.
quiz-end-all = Hai risposto a tutte le domande. Chiudi il quiz per vedere il risultato.
quiz-end-go-on = Rispondi alle domande che mancano
quiz-end-finish = Chiudi il quiz

result-passed = Complimenti, ce l'hai fatta!
result-passed-text = Hai superato il quiz e completato il modulo.
result-not-yet = Per questa volta no
result-not-yet-text = Succede. Rileggi le lezioni con calma e riprova quando vuoi: questo tentativo non ti toglie niente.
result-still-completed = Avevi già completato il modulo: resta completato.
result-score = dei punti (ne serve il { $pass }%)
result-counting = Come viene contato
result-then = E adesso?
result-next-text = Il passo dopo è:
result-next = Vai al modulo
result-mine = Vai al mio percorso
result-more = Scegli un altro modulo
result-answers = Le tue risposte
result-have-card = Ho già una tessera
result-get-card = Come avere la tessera
outcome-right = Giusta:
outcome-wrong = Sbagliata:
outcome-none = Senza risposta:

counted = Fatto! Questo modulo è registrato come un servizio della rete.
counted-new-citizen = È la prima volta che partecipi: benvenuto nella rete!
not-counted-guest = Il risultato vale per te e resta in questo browser. Per registrarlo nella rete serve la tessera che ricevi in un punto di facilitazione. Quello che hai già fatto non va perso.
not-counted-guest-shared = Questo dispositivo è del punto e il risultato qui non resta. Dillo al facilitatore: può segnarlo lui. La prossima volta, entra con la tessera prima di cominciare.
not-counted-no-codice-fiscale = Il risultato è salvato. Per registrarlo nella rete manca il tuo codice fiscale. Portalo al tuo punto di facilitazione.
not-counted-too-young = Il risultato è salvato e vale per te. Il programma della rete conta le persone più grandi di te.
not-counted-too-old = Il risultato è salvato e vale per te. Il programma della rete conta le persone fino a una certa età: puoi comunque imparare tutto.
not-counted-before-programme = Il risultato è salvato e vale per te. Il programma della rete non è ancora cominciato.
not-counted-after-programme = Il risultato è salvato e vale per te. Il programma della rete è finito.
not-counted-not-reportable = Il risultato è salvato e vale per te. Questo argomento non fa parte di quelli che la rete registra.
not-counted-lessons-unread = Il risultato è salvato. Per registrarlo nella rete devi anche segnare come lette tutte le lezioni del modulo.
not-counted-before-verification = Il risultato è salvato e vale per te. È di prima che il tuo codice fiscale fosse verificato, e il programma della rete non lo conta.
not-counted-voided = Il risultato è salvato e vale per te. La sua registrazione nella rete è stata annullata.
