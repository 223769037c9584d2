internal import Ingestion

/// The words by which files in several languages call what a plan asks for.
enum Vocabulary {
  static let caseID: Set = [
    "id", "case", "uid", "accession", "exam", "study", "image", "file", "number", "key", "fall",
    "nummer", "nr", "examen", "检查号", "病例", "编号",
  ]
  static let patient: Set = [
    "patient", "patientid", "utente", "prontuario", "prontuário", "subject", "person", "participant", "mrn",
    "nhs", "chi", "ipp", "nip",
    "dni",
    "pid", "patid", "patnr", "nhc", "hc",
    "patientennummer", "patiëntnummer", "patientnummer", "patientnumber", "patientnr", "patienten",
    "paciente", "paziente", "pacjenta", "pacjent", "patiënt", "患者", "病人",
  ]
  static let truth: Set = [
    "label", "truth", "reference", "target", "outcome", "diagnosis", "gt", "y", "gold", "finding", "dx",
    "groundtruth", "pathology", "histology", "histologie", "biopsy", "consensus", "consenso", "konsens",
    "konsensus", "facit", "adjudicated", "adjudicado", "adjudicação", "malignancy",
    "cancer", "befund", "diagnose", "ergebnis", "diagnostic", "résultat", "resultado", "diagnóstico",
    "金标准", "诊断", "结果",
  ]
  /// Of the truth that others were settled into.
  static let settled: Set = [
    "consensus", "consenso", "konsens", "konsensus", "final", "adjudicated", "adjudicado", "adjudicação",
    "gold",
    "truth", "groundtruth", "reference", "facit",
  ]
  /// Only of the file that was given for its outputs: elsewhere they name the truth.
  static let outputInItsFile: Set = [
    "result", "finding", "category", "class", "resultado", "ergebnis", "résultat", "resultat", "risultato",
    "kategorie", "categoria", "catégorie", "befund",
  ]
  /// Only of the file that was given for its truth: elsewhere a model reads too.
  static let truthInItsFile: Set = [
    "read", "reading", "result", "report", "final", "positive", "status", "grade", "grad", "grado", "grau",
    "rozpoznanie", "wynik",
  ]
  static let score: Set = [
    "score", "prob", "probability", "pred", "prediction", "predicted", "logit", "risk", "confidence",
    "output",
    "likelihood", "suspicion", "wahrscheinlichkeit", "probabilité", "probabilidad", "probabilità",
    "probabilita", "probabilidade", "kans", "puntuación", "概率", "得分",
    "评分",
  ]
  static let probability: Set = [
    "prob", "probability", "risk", "likelihood", "wahrscheinlichkeit", "probabilité", "probabilidad",
    "probabilità", "probabilita", "probabilidade", "kans", "p", "pred", "predicted", "概率",
  ]
  /// Of several products in one file, a row for each.
  static let product: Set = [
    "product", "produkt", "producto", "produit", "prodotto", "model", "modell", "modèle", "modelo",
    "algorithm",
    "algorithmus", "algoritmo", "software", "vendor",
  ]
  static let percent: Set = ["percent", "pct", "prozent", "percentage", "pourcentage", "porcentaje"]
  static let decision: Set = [
    "aviso", "alarm", "alarma", "alarme", "allarme", "warnung", "waarschuwing", "advarsel", "varning",
    "decision", "flag", "flagged", "read", "call", "alert", "triage", "allerta", "alerta", "alerte", "recall",
    "recalled", "detected",
    "entscheidung", "décision",
    "decisión",
  ]
  static let birth: Set = [
    "birth", "birthdate", "dob", "born", "geburt", "geburtsdatum", "naissance", "nacimiento", "nascita",
    "nascimento", "urodzenia", "geboortedatum", "fødsel", "fødselsdato", "født", "födelsedatum",
    "syntymäaika", "nasc", "nac", "naiss", "geb", "gebdat", "gebdatum", "ddn",
    "出生",
  ]
  /// When a machine did something with the case, which is not when the patient was examined.
  static let machineTime: Set = [
    "processed", "processing", "sent", "received", "upload", "uploaded", "export", "exported", "created",
    "generated", "inference", "finished", "completed", "started", "timestamp", "run", "analysis", "analyse",
    "analyzed", "analysed", "análisis",
    "proceso", "procesado", "procesamiento", "processamento", "processo", "carga", "envío", "envio",
    "behandeld",
    "verwerkt", "verwerking", "behandlet", "bearbetad", "przetworzono", "przetwarzania",
    "analisi", "zeitstempel", "verarbeitet", "auswertung", "traitement", "processado", "elaborazione",
  ]
  /// Of several dates, the one on which the patient was examined.
  static let examination: Set = [
    "estudio", "estudo", "prueba", "exploración", "exploracion", "étude", "etude", "undersökningsdatum",
    "exam", "examdate", "scandatum", "opnamedatum", "aufnahme", "aufnahmedatum", "examination", "study",
    "studydate", "scan", "screening", "acquired", "acquisition",
    "performed", "untersuchung", "untersuchungsdatum", "examen", "esame", "exame", "onderzoek",
    "onderzoeksdatum", "badania", "undersøgelse", "undersökning", "检查",
  ]
  /// Of the machine's work and of the image: no outputs.
  static let measurement: Set = [
    "runtime", "duration", "tempo", "tiempo", "temps", "zeit", "tid", "seconds", "latency", "time", "ms",
    "sec", "kvp", "mas", "dose", "thickness",
    "czas", "tijd", "quality", "qualität", "qualitaet", "kwaliteit", "size", "volume", "mm", "cm", "weight",
    "height", "bmi", "dauer", "sekunden", "laufzeit",
  ]
  static let date: Set = [
    "date", "datum", "dato", "day", "acquired", "performed", "studydate", "examdate", "dt", "fecha", "data",
    "日期",
  ]
  static let age: Set = [
    "age", "agep", "patientage", "alter", "alder", "patientenalter", "âge", "edad", "età", "idade", "wiek",
    "leeftijd",
    "ålder", "年龄",
  ]
  static let attributes: [(name: String, words: Set<String>)] = [
    (
      "sex",
      [
        "sex", "gender", "geschlecht", "sexe", "sexo", "sesso", "geslacht", "kön", "køn", "kjønn", "płeć",
        "plec", "性别",
      ]
    ),
    ("ethnicity", ["ethnicity", "race", "ethnic", "ethnie", "raza", "etnia", "民族"]),
    (
      "site",
      [
        "site", "hospital", "centre", "center", "clinic", "institution", "facility", "campus", "standort",
        "ośrodek", "osrodek", "szpital",
        "einrichtung", "praxis", "vestiging", "oddział", "oddzial", "sjukhus", "sykehus", "sygehus",
        "klinik", "klinikum", "local", "location", "locatie", "lokation", "luogo", "lieu", "unidade",
        "unidad", "unité",
        "sede", "krankenhaus", "hôpital", "centro", "ospedale", "医院", "院区",
      ]
    ),
    (
      "scanner",
      [
        "scanner", "manufacturer", "make", "maker", "merk", "merke", "marke", "marca", "märke", "fabrikant",
        "producent", "vendor", "device", "gerät", "hersteller", "fabricant", "appareil",
        "fabricante", "constructeur", "camera", "kamera", "caméra", "cámara", "fotocamera", "câmera", "厂家",
        "设备",
      ]
    ),
  ]
  /// Of what a case stands for in an enriched sample.
  static let weights: Set = ["weight", "weights", "wt", "samplingweight", "ipw", "gewicht", "poids"]
  static let status: Set = ["status", "state", "qc", "error", "fehler", "statut", "estado", "stato", "状态"]
  /// People and remarks, by which nobody wants results unasked.
  static let aside: Set = [
    "reader", "radiologist", "radiologo", "radiólogo", "radiologe", "radiologue", "lettore", "lector",
    "lecteur",
    "medico", "médico", "médecin", "doctor", "beoordelaar", "lekarz", "annotator", "rater", "reviewer",
    "physician", "befunder", "arzt", "comment",
    "comments", "remark", "name", "surname", "firstname", "lastname", "nachname", "vorname", "nom", "prénom",
    "nombre",
    "apellido", "cognome", "email", "mail", "phone", "telephone", "telefon", "address", "adresse", "ssn",
    "lezer", "leser", "opisujący", "læser", "læge", "lege", "läkare", "granskare", "leitor", "kommentar",
    "bemerkung", "note", "notes",
    "version", "zip", "plz", "postcode", "obs", "observation", "observations", "observacoes", "observações",
    "observaciones", "osservazioni", "bemerkungen", "opmerking", "opmerkingen",
  ]

  static func names(_ known: Set<String>, _ name: String) -> Bool {
    first(of: words(of: name), in: known) != nil
  }

  /// The first of a column's words that is one of these, or ends in one as German compounds do.
  static func first(of words: [String], in known: Set<String>) -> String? {
    words.first { word in
      // `reader2` is a reader.
      known.contains(word)
        || word.count > 3 && known.contains(String(word.reversed().drop(while: \.isNumber).reversed()))
        // Exports lose accents.
        || word.count > 3
          && known.contains { $0.contains { !$0.isASCII } && LookAlikes.folded($0) == word }
        || known.contains {
          $0.count >= 5 && word.hasSuffix($0) || !$0.utf8.allSatisfy { $0 < 0xE0 } && word.contains($0)
        }
    }
  }

  /// `patientID`, `patient_id` and `Patient Id` are all `patient`, `id`.
  static func words(of name: String) -> [String] {
    var words = [""]
    var wasLower = false
    for character in name {
      if !character.isLetter && !character.isNumber {
        words.append("")
        wasLower = false
      } else {
        if character.isUppercase && wasLower { words.append("") }
        words[words.count - 1] += character.lowercased()
        wasLower = character.isLowercase
      }
    }
    return words.filter { !$0.isEmpty }
  }
}

/// What single cells say, in several languages.
enum CellWords {
  static let positive: Set = [
    "1", "1.0", "true", "yes", "y", "positive", "pos", "abnormal", "malignant", "disease", "present", "+",
    "ja",
    "tak", "ano", "kyllä", "evet",
    "j", "positiv", "bösartig", "auffällig", "oui", "positif", "maligne", "si", "sí", "sim", "positivo",
    "maligno", "阳性", "是", "有",
  ]
  static let negative: Set = [
    "0", "0.0", "false", "no", "nee", "nej", "nei", "nie", "ei", "hayır", "n", "negative", "neg", "normal",
    "benign", "healthy", "absent", "nein",
    "negativ", "gutartig", "unauffällig", "non", "négatif", "bénin", "normaal", "goedaardig", "benigne",
    "não", "negativo", "benigno", "阴性", "否",
    "无",
  ]
  /// A column of the healthy: `normal`, `disease-free`.
  static func namesHealth(_ name: String) -> Bool {
    let name = name.lowercased()
    return ["normal", "benign", "healthy", "-free", "_free", " free", "negative"].contains(
      where: name.contains)
      && !name.contains("abnormal")
  }

  /// Of a reference standard: it was looked for, and decides neither way.
  static let equivocal: Set = [
    "?", "-1", "-1.0", "equivocal", "uncertain", "indeterminate", "unclear", "unknown", "pending", "u", "nd",
    "inconclusive", "borderline", "invalid", "inadequate", "insufficient", "failed", "missing", "n.d.",
    "not done", "not performed", "not sampled", "not available", "no result", "awaited", "lost to follow-up",
    "lost to follow up", "ausstehend", "nicht durchgeführt", "en attente", "non fait", "pendiente",
    "no realizado",
    "in attesa", "attesa", "non eseguito", "in behandeling", "ng", "ug", "待定", "未取材", "未做", "未检",
    "not assessable",
    "not evaluable", "non-diagnostic", "nondiagnostic", "ungradable", "ungradeable", "not gradable",
    "unreadable",
    "insufficient quality", "nicht auswertbar", "non interprétable", "no interpretable", "non valutabile",
    "unklar", "fraglich", "nicht beurteilbar", "douteux", "indéterminé", "dudoso", "incierto", "不确定", "无法判断",
  ]
  /// However such a word ends.
  static let beginningsOfDoubt = [
    "equivoc", "équivoc", "indetermin", "indéterm", "inconclus", "inconcl", "undetermin", "uncertain",
    "unbestimmt", "nicht eindeutig", "nicht beurteil", "zweifel", "grenzwert", "twijfel", "onduidelijk",
    "onbeoordeel", "niet te beoordelen", "tvivl", "tvek", "usikker", "osäker", "ikke vurder", "ej bedöm",
    "niejednoznacz", "niediagnost", "wątpliw", "nejasn", "nejist", "dubbi", "incert", "inciert", "duvid",
    "dudos", "douteu", "inclass", "contamin", "epävarm", "belirsiz",
  ]

  /// Before a condition: it may be there, or was.
  static let hedges = [
    "suspect", "possib", "probab", "presum", "likely", "query", "questionab", "maybe", "rule", "old", "prior",
    "previous", "past", "history", "former", "treated", "resolved", "healed", "verdacht", "möglich",
    "wahrscheinlich", "alt", "vermoed", "mogelijk", "oud", "gammel", "gammal", "ancien", "antig", "star",
    "misten", "mistän", "sospett", "sospech", "suspeit",
    "posib", "possív", "podejrz", "soupçon",
  ]

  /// Of a status: there is no output.
  static func saysFailure(_ text: String) -> Bool {
    let text = text.lowercased()
    return failures.contains { text.contains($0) } || ["na", "n/a", "nan", "none", "null"].contains(text)
      || text.split(whereSeparator: { !$0.isLetter }).contains { $0 == "err" || $0 == "nok" }
  }

  private static let failures = [
    "fail", "error", "timeout", "time-out", "timed out", "reject", "abort", "crash", "cancel", "invalid",
    "unprocess", "not processed", "no result", "no output", "missing", "fehl", "abgebrochen", "abgelehnt",
    "zurückgewiesen", "échec", "echec", "erreur", "rejet", "falh", "falla", "fallo", "agotad", "erro",
    "rechaz",
    "rejeit", "errore", "fallit", "mislukt", "fout", "afgekeurd", "afgewezen", "fejl", "feil", "mislyk",
    "misslyck", "avvis", "błąd", "blad", "odrzuc", "nieudan", "chyb", "virhe", "hata", "失败", "错误",
  ]

  /// Of a status: the model gave its output.
  static let succeeded: Set = [
    "ok", "success", "succeeded", "done", "complete", "completed", "processed", "pass", "passed", "valid",
    "ready",
    "erfolgreich", "abgeschlossen", "concluído", "concluido", "completado", "completato", "terminé",
    "voltooid",
    "afgerond", "gereed", "klar", "færdig", "zakończone", "成功",
  ]
  /// Of an attribute: nobody knows.
  static let unknown: Set = [
    "?", "-", "--", "u", "unk", "nk", "unknown", "not known", "not stated", "not recorded",
    "not specified",
    "unspecified", "missing", "n.a.", "nan", "nc", "declined", "declined to answer", "patient declined",
    "prefer not to say", "refused", "patient refused",
    "unbekannt", "onbekend", "okänd", "okänt", "ukendt", "ukjent", "uoplyst", "não declarado", "nieznane",
    "nieznana", "nieznany", "ignorado", "não informado",
    "non noto", "k. a.", "k.a.", "nd", "n.d.", "n/d", "keine angabe", "inconnu",
    "desconocido", "no consta", "sconosciuto",
    "desconhecido", "不明", "未知", "不详",
  ]

  /// Numbers that stand for unknown among words.
  static let unknownCodes: Set = ["-1", "-9", "-99", "-999", "9", "99", "999", "9999", "98", "88"]

  /// Makers of scanners, and who took them over.
  static let successors = [
    (maker: "toshiba", successor: "canon"), (maker: "hitachi", successor: "fuji"),
    (maker: "lorad", successor: "hologic"), (maker: "kodak", successor: "carestream"),
  ]

  /// Of a maker's name, what does not tell one maker from another.
  static let corporate: Set = [
    "medical", "meditec", "medizintechnik", "system", "systems", "healthcare", "healthineers", "health",
    "imaging",
    "technologies", "technology", "electronics", "corporation", "corp", "company", "co", "inc", "ltd", "llc",
    "gmbh", "ag", "bv", "nv", "kg", "sa", "spa",
  ]

  /// Words that speak for a condition wherever they stand, unless a negation stands before them.
  static let conditions = [
    "cancer", "carcinom", "malign", "tumor", "tumour", "positiv", "abnormal", "detected", "present",
    "disease",
    "fracture", "hemorrhage", "haemorrhage", "bleeding", "nodule", "lesion", "pneumo", "stroke", "krebs",
    "złośliw",
    "blutung",
    "癌", "恶性", "阳性", "异常",
  ]
  /// And words that speak against it.
  static let negations = [
    "no ", "not ", "non ", "non-", "bez ", "ikke ", "intet ", "inga ", "inget ", "ej ", "ei ", "nie ma ",
    "není ", "nessun ",
    "nessuna ", "nenhum ", "nenhuma ", "ningún ", "ninguna ", "aucun ", "aucune ", "pas de ", "kein", "geen ",
    "ingen ", "brak ", "sem ", "senza ", "sans ", "sin ",
    "without", "ohne ", "-free", " free", "negativ",
    "benign", "normal", "healthy", "absent", "excluded", "gutartig", "unauff", "łagodn", "良性", "阴性", "正常",
    "无", "未见",
  ]
}
