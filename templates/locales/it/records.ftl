# Citizens' records at the desk: cards, consents, two records made one, many from a file.
tessera-scanned = Il codice l'hai già. Scrivi solo il PIN.
tessera-other = Non è la tua tessera? Scrivi un altro codice
people-first = Dall'inizio
people-next = Altre persone
people-everywhere = Tutti i punti della rete
people-say-whom = Scrivi chi cerchi.

citizen-read-code = Leggi il codice
code-says-woman = { $age ->
    [one] Donna, nata il { $day }, { $age } anno.
   *[other] Donna, nata il { $day }, { $age } anni.
}
code-says-man = { $age ->
    [one] Uomo, nato il { $day }, { $age } anno.
   *[other] Uomo, nato il { $day }, { $age } anni.
}
code-says-place = Luogo di nascita: codice { $place }.
code-says-abroad = Luogo di nascita: all'estero.
citizen-woman = { $age ->
    [one] Nata il { $day }, { $age } anno
   *[other] Nata il { $day }, { $age } anni
}
citizen-born = { $age ->
    [one] Nato il { $day }, { $age } anno
   *[other] Nato il { $day }, { $age } anni
}
citizen-verified = Codice fiscale verificato
citizen-unverified = Manca il codice fiscale
citizen-done-stopped = La tessera non funziona più.
citizen-done-parted = Le due schede sono di nuovo separate.
citizen-assign = Assegna qualcosa da imparare
citizen-service = Registra un servizio
citizen-card-title = Tessera
citizen-card-since = Ha una tessera dal { $day }.
citizen-card-none = Non ha una tessera.
citizen-card-print = Stampa senza PIN
citizen-card-stop = Ferma la tessera persa
citizen-done-reopened = La tessera si può usare di nuovo.
citizen-card-waits = Qualcuno ha scritto molte volte un PIN sbagliato. Ora la tessera funziona solo dove è già stata usata. Chiedi alla persona se è stata lei. Se non è stata lei, dai una tessera nuova.
citizen-card-reopen = È stata lei: riapri la tessera

card-cut = Ritaglia la tessera lungo la linea.
card-qr = Codice da inquadrare con il telefono per entrare
card-home = Riprendi da casa
card-home-1 = Apri la fotocamera del telefono. Inquadra il quadrato della tessera.
card-home-2 = Tocca l'indirizzo che compare.
card-home-open = Apri il sito sul telefono o sul computer. Premi «Accedi», poi «Entra con la tessera».
card-home-code = Scrivi il codice della tessera.
card-home-3 = Scrivi il PIN. Riparti da dove eri.
card-home-type = Non hai la fotocamera? Apri { $site }/tessera e scrivi il codice e il PIN.

consent-title = Dati e contatti
consent-notice = Ho dato l'informativa sui suoi dati
consent-contact = Accetta di essere contattato dal punto
consent-contact-help = Il punto usa e-mail e telefono solo con questo consenso.
consent-notice-given = Informativa data il { $day } (testo del { $version }).
consent-notice-missing = L'informativa non è ancora stata data.
consent-contact-given = Accetta di essere contattato dal { $day } (testo del { $version }).
consent-contact-missing = Non ha dato il consenso a essere contattato.
consent-notice-give = Ho dato l'informativa
consent-contact-give = Accetta i contatti
consent-contact-withdraw = Ritira il consenso
consent-do-not-use = Da non usare: manca il consenso.
notice-needed = Prima dai l'informativa, poi segna la casella.

merge-link = Unisci con un'altra scheda
merge-title = Unisci due schede
merge-lead = { $name } ha anche un'altra scheda? Cercala qui.
merge-search = Cerca l'altra scheda
merge-found = Schede trovate
merge-no-namesake = Nessun'altra scheda ha lo stesso nome. Cerca qui sopra.
merge-choose = Scegli la scheda della stessa persona. Prima di unire le vedi tutte e due.
merge-compare = È la stessa persona?
merge-compare-lead = Guarda i dati delle due schede.
merge-caption = I dati delle due schede
merge-what = Dato
merge-kept = Scheda che resta
merge-other = Scheda da unire
merge-what-happens = Che cosa succede
merge-happens-1 = Servizi, corsi, gruppi e compiti vanno nella scheda che resta. Ogni servizio conta una volta sola.
merge-happens-3 = Puoi tornare indietro entro un giorno.
merge-confirm = Unisci le schede
merge-swap = Tieni l'altra scheda
merge-not-the-same = Non è la stessa persona
merge-correct-first = Correggi la prima
merge-correct-other = Correggi la seconda
merge-done = Le due schede sono una sola. Puoi tornare indietro entro un giorno.
merge-same = È la stessa scheda.
merge-two-people = Sono due persone: codice fiscale o data di nascita sono diversi. Se è un errore, prima correggi una scheda.
merge-keep-theirs = La scheda da unire è di un altro punto. Tieni quella scheda: unisci la tua a lei. Se non puoi, chiedi a quel punto.
merge-code-theirs = La scheda che resta è di un altro punto e non ha il codice fiscale. Lo scrive solo quel punto: chiedi a loro.
merge-undo-theirs = Da qui non puoi tornare indietro. Chiedi al punto che ha registrato la persona.
merge-too-late = È passato più di un giorno: le schede restano unite.
merge-later-first = Questa scheda è stata unita di nuovo. Prima annulla l'ultima unione.
merge-code-taken = Ora il codice fiscale è di un'altra scheda. Prima correggi quella.

import-link = Porta molte persone da un file
import-title = Persone da un file
import-lead = Prendi un file CSV dal tuo vecchio elenco. Prima guardi che cosa cambia, poi confermi.
import-file-title = Scegli il file
import-again = Un altro file
import-file = File CSV
import-file-help = Al massimo 2 MB.
import-text = Oppure incolla il testo
import-text-help = La prima riga ha i nomi delle colonne.
import-look = Guarda che cosa cambia
import-trial = Per ora non è cambiato niente. Guarda qui sotto e conferma.
import-kept = Fatto: le righe buone sono salvate.
import-not-kept = Niente è stato salvato: c'è una riga con un errore.
import-added = Persone nuove
import-updated = Schede che cambiano
import-unchanged = Schede già uguali
import-refused = Righe con errori
import-refused-rows = Righe da correggere
import-line = Riga
import-cell = Colonna
import-why = Che cosa non va
import-more = { $count ->
    [one] Un altro errore come questi.
   *[other] Altri { $count } errori come questi.
}
import-strict = Salva solo se tutte le righe sono giuste
import-confirm = Conferma e salva
import-columns = Le colonne del file
import-columns-text = La prima riga del file ha questi nomi, in italiano o come nel codice, in qualunque ordine. Bastano nome e cognome.
import-letters = Le lettere da usare
import-rules = Una cella vuota non cambia niente. Nessuno viene mai tolto. Le date si scrivono 31/05/1960 o 1960-05-31. Una riga senza codice fiscale non cambia mai una scheda.
import-empty = Il file è vuoto.
import-encoding = Non so leggere gli accenti di questo file. Salvalo di nuovo come «CSV UTF-8».
import-column = Queste colonne non esistono qui. Correggi il nome, o togli la colonna:
import-column-twice = Questa colonna c'è due volte. Lasciane una:
import-too-large = Il file è troppo grande. Dividilo in due.
import-twice = Questa persona è già in un'altra riga del file.
import-namesakes = Più persone hanno già questo nome. Scrivi il codice fiscale. Se è una persona nuova, scrivi «sì» nella colonna «Persona nuova».
import-cells = La riga non ha tante celle quante le colonne. Controlla virgole e virgolette.
import-name-differs = Le prime sei lettere del codice sono di un altro nome. Correggi il codice o il nome. Se la tessera è sua, scrivi «sì» nella colonna «Nome diverso».
import-perhaps-known = Forse c'è già: il punto ha una persona con questo nome. Apri la sua scheda, o scrivi il codice fiscale. Se è una persona nuova, scrivi «sì» nella colonna «Persona nuova».
import-no-header = C'è un valore in una colonna senza nome. Scrivi il nome della colonna nella prima riga, o togli il valore.
import-quotes = Qui si aprono virgolette che non si chiudono. Le righe che seguono sono finite in una cella.
import-header = Nessuna riga ha i nomi delle colonne. Scrivili nella prima riga.
import-column-missing = Manca una colonna:
import-workbook = Questo è un file di Excel o di LibreOffice. Salvalo come «CSV UTF-8».
import-windows = Il file non è in UTF-8: lo leggo come Windows-1252, come lo salva Excel. Controlla gli accenti.
import-before = Questa riga sta prima dei nomi delle colonne: non la leggo.
import-total = Questa è una riga di totali: non la leggo.
import-told = Come ho letto il file
import-what = Che cosa ho fatto
import-read = Ho letto «{ $read }».
day-two-digits = L'anno ha solo due cifre. Scrivilo con quattro, per esempio 31/05/1960.
day-number = Questo è un numero, non una data. Nel foglio di calcolo scegli il formato «data» per la colonna.
day-unreadable = La data non si legge. Scrivila come 31/05/1960.
field-name_differs = Nome diverso dal codice
field-new_person = Persona nuova
citizen-card-other = Dai un'altra tessera
card-replace = Un'altra tessera?
card-replace-lead = { $name } ha già una tessera. Se ne dai un'altra, quella che ha adesso smetterà di funzionare.
card-replace-text = Se la tessera è solo rovinata e il PIN lo ricorda, puoi stamparla di nuovo. Così il PIN resta lo stesso.
card-replace-why = Perché serve un'altra tessera?
card-replace-needed = Scegli il motivo.
card-replace-button = Dai la tessera nuova
card-why-lost = L'ha persa, o l'ha presa qualcun altro
card-why-broken = È rovinata e non si legge
card-why-pin = Non ricorda il PIN, o qualcun altro lo conosce
merge-fuller = Di solito resta la scheda con più dati. Se vuoi, puoi tenere l'altra.
merge-card-since = dal { $day }
merge-learned = Corsi finiti
merge-card-carried = La tessera dell'altra scheda funziona ancora. Porta alla scheda che resta.
merge-two-cards = Tutte e due hanno una tessera. Quale continua a funzionare?
merge-card-kept = Quella della scheda che resta. L'altra si ferma.
merge-card-other = Quella della scheda da unire. La prima si ferma.
citizen-alike = Forse c'è già
citizen-alike-text = Queste persone hanno lo stesso nome. Apri la scheda e guarda se è la stessa persona.
citizen-alike-other = È un'altra persona: registra lo stesso
