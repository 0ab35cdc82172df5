# The network's totals: hidden figures, targets, projection, open data; the coordinator's page.
totals-hidden = nascosto
totals-hidden-why = Alcuni numeri sono nascosti. Contano meno di 5 persone, o farebbero capire quelli che le contano.
totals-of-target-alone = { $target ->
    [one] su { $target } previsto
   *[other] su { $target } previsti
}
totals-by-province = Per provincia
totals-province = Provincia
totals-by-age = Per età
totals-age = Età
totals-by-gender = Per genere
totals-gender = Genere
totals-steps = Gli obiettivi, uno per uno
totals-step = Che cosa
totals-step-day = Entro il
totals-step-value = Quanti
totals-step-state = A che punto siamo
totals-step-reached = raggiunto
totals-step-missed = non raggiunto
totals-step-ahead = in corso
totals-course = Mese per mese
totals-months-citizens = Nuovi cittadini ogni mese
totals-months-services = Servizi ogni mese
totals-count = Quanti
totals-about = circa { $value }
totals-pace = Per arrivare all'obiettivo ne servono { $pace } al mese
totals-projection = Se si va avanti così, al { $day } saranno circa { $likely }: da { $least } a { $most }.
totals-projection-explained = È una stima, non una promessa. Prende la media degli ultimi tre mesi interi e la porta avanti. Il mese peggiore e il migliore danno i due estremi.
totals-data = Dati aperti
totals-data-text = Puoi scaricare i dati dei servizi. Non ci sono nomi. Dove le persone sono poche, il file dice di meno.
totals-data-get = Scarica i dati (CSV)
totals-data-about = Che cosa c'è nei dati
totals-whole-months = Puoi chiedere solo mesi interi.
totals-hidden-months = In questi mesi ci sono numeri nascosti. Chiedi altri mesi.
totals-point-months = Di un punto puoi chiedere solo il totale, senza date.
totals-not-a-day = Questa data non è scritta bene.
chart-ahead = Stima dei prossimi mesi

overview-exact = Questi numeri sono esatti: tienili per te.
overview-programme = Programma
overview-all-provinces = Tutte
overview-all-points = Tutti
overview-from = Dal
overview-to = Al
overview-show = Mostra
overview-clear = Togli i filtri
overview-watch = Da tenere d'occhio
overview-online-new = Nuovi cittadini con un servizio online
overview-online-known = Servizi online a chi conoscevamo già
overview-unverified = Hanno finito un modulo, ma non contano ancora
overview-unverified-text = Manca solo il codice fiscale. Un facilitatore può leggerlo dalla tessera.
overview-last = Ultimo servizio
overview-never = mai
overview-figures = I numeri
overview-public = La pagina per tutti
