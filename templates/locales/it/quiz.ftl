# Practice questions, the quiz, and what it led to.
practice-eyebrow = Esercizio
practice-back = Torna alla lezione
practice-again = Riprova l'esercizio
given-title = La tua risposta
grade-right = Giusto!
grade-wrong = Non è giusto
grade-incomplete = Hai scelto bene, ma manca ancora qualcosa di giusto.
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
quiz-rule-time = Nessun tempo limite. Puoi rifarlo quante volte vuoi: vale il risultato migliore.
quiz-rule-save = Ogni risposta si salva subito. Puoi fermarti e riprendere dopo.
quiz-start = Comincia il quiz
quiz-again = Rifai il quiz
quiz-resume = { $answered ->
    [one] Riprendi il quiz ({ $answered } risposta su { $of })
   *[other] Riprendi il quiz ({ $answered } risposte su { $of })
}
quiz-back = Torna al modulo
quiz-question = Domanda { $number } di { $of }
quiz-steps = Le domande del quiz
quiz-step = Domanda
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
result-counting = Che cosa abbiamo segnato
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

counted = Abbiamo segnato che hai finito questo corso. Così la rete fa vedere quante persone aiuta. Tu non devi fare altro.
counted-new-citizen = È la tua prima volta con noi: grazie!
not-counted-guest = Il risultato vale per te e resta in questo browser. La rete conta le persone che ha aiutato. Per contare anche te serve la tessera: è gratis, te la dà un punto di facilitazione. Quello che hai già fatto non va perso.
not-counted-guest-shared = Questo dispositivo è del punto e il risultato qui non resta. Dillo al facilitatore: può segnarlo lui. La prossima volta, entra con la tessera prima di cominciare.
not-counted-no-codice-fiscale = Il risultato è salvato e vale per te. La rete conta le persone che ha aiutato. Per contare anche te manca il tuo codice fiscale. Portalo al tuo punto di facilitazione.
not-counted-too-young = Il risultato è salvato e vale per te. La rete conta solo le persone più grandi di te. Puoi imparare tutto lo stesso.
not-counted-too-old = Il risultato è salvato e vale per te. La rete conta solo le persone fino a una certa età. Puoi imparare tutto lo stesso.
not-counted-before-programme = Il risultato è salvato e vale per te. La rete non conta ancora le persone che aiuta. Tu non devi fare niente.
not-counted-after-programme = Il risultato è salvato e vale per te. La rete ha finito di contare le persone che aiuta. Tu non devi fare niente.
not-counted-not-reportable = Il risultato è salvato e vale per te. Questo argomento non è fra quelli che la rete conta. Tu non devi fare niente.
not-counted-lessons-unread = Il risultato è salvato e vale per te. Perché la rete conti anche te, leggi tutte le lezioni. In fondo a ogni lezione premi «Ho letto».
not-counted-before-verification = Il risultato è salvato e vale per te. È di prima che il punto leggesse il tuo codice fiscale: la rete non lo conta. Tu non devi fare niente.
not-counted-voided = Il risultato è salvato e vale per te. Il punto lo ha tolto dai numeri della rete. Vuoi sapere perché? Chiedi al tuo punto.
