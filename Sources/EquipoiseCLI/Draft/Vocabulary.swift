internal import Ingestion

/// The words by which files in several languages call what a plan asks for.
enum Vocabulary {
  static let caseID: Set = [
    "id", "case", "uid", "accession", "exam", "study", "image", "file", "number", "key", "fall",
    "nummer", "nr", "examen", "检查号", "病例", "编号",
  ]
  static let patient: Set = [
    "hastano", "hastaid",
    "beteg", "páciens", "pacient", "pacienta", "pacijent", "пациент", "пациента", "ασθενής", "potilas",
    "patsient", "pacientas", "환자",
    "patient", "patientid", "utente", "prontuario", "prontuário", "subject", "person", "participant", "mrn",
    "nhs", "chi", "ipp", "nip",
    "dni",
    "pid", "patid", "patnr", "nhc", "hc",
    "patientennummer", "patiëntnummer", "patientnummer", "patientnumber", "patientnr", "patienten",
    "paciente", "paziente", "pacjenta", "pacjent", "patiënt", "患者", "病人",
  ]
  static let truth: Set = [
    "konszenzus", "konsenzus", "konsenzu", "consens", "консенсус", "konsensüs", "samråd", "diagnoza",
    "diagnóza", "diagnózis", "dijagnoza", "диагноз", "tanı", "diagnoosi", "lelet", "nález", "nalaz", "診断",
    "진단", "합의", "コンセンサス",
    "label", "truth", "reference", "target", "outcome", "diagnosis", "gt", "y", "gold", "finding", "dx",
    "groundtruth", "pathology", "histology", "histologie", "biopsy", "consensus", "consenso", "konsens",
    "konsensus", "facit", "adjudicated", "adjudicado", "adjudicação", "malignancy",
    "cancer", "befund", "diagnose", "ergebnis", "diagnostic", "résultat", "resultado", "diagnóstico",
    "金标准", "诊断", "结果",
  ]
  /// Of the truth that others were settled into.
  static let settled: Set = [
    "nihai", "végső", "konečný", "konečné", "končni", "konačni", "финальный", "τελική", "lopullinen",
    "slutlig", "endelig", "definitivo", "définitif", "最終", "최종",
    "konszenzus", "konsenzus", "konsenzu", "consens", "консенсус", "konsensüs", "samråd", "합의", "コンセンサス",
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
    "nihai", "végső", "konečný", "konečné", "končni", "konačni", "финальный", "τελική", "lopullinen",
    "slutlig", "endelig", "definitivo", "définitif", "最終", "최종",
    "read", "reading", "result", "report", "final", "positive", "status", "grade", "grad", "grado", "grau",
    "rozpoznanie", "wynik",
  ]
  static let score: Set = [
    "pravděpodobnost", "pravdepodobnosť", "valószínűség", "verjetnost", "vjerojatnost", "probabilitate",
    "вероятность", "πιθανότητα", "olasılık", "todennäköisyys", "sannolikhet", "sandsynlighed",
    "sannsynlighet", "skóre", "pontszám", "skor", "確率", "スコア", "점수", "확률",
    "score", "prob", "probability", "pred", "prediction", "predicted", "logit", "risk", "confidence",
    "output",
    "likelihood", "suspicion", "wahrscheinlichkeit", "probabilité", "probabilidad", "probabilità",
    "probabilita", "probabilidade", "kans", "puntuación", "概率", "得分",
    "评分",
  ]
  static let probability: Set = [
    "pravděpodobnost", "pravdepodobnosť", "valószínűség", "verjetnost", "vjerojatnost", "probabilitate",
    "вероятность", "πιθανότητα", "olasılık", "todennäköisyys", "sannolikhet", "sandsynlighed",
    "sannsynlighet", "確率", "확률",
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
    "riasztás", "výstraha", "uyarı", "тревога", "hälytys", "larm", "警告", "경고",
    "aviso", "alarm", "alarma", "alarme", "allarme", "warnung", "waarschuwing", "advarsel", "varning",
    "decision", "flag", "flagged", "read", "call", "alert", "triage", "allerta", "alerta", "alerte", "recall",
    "recalled", "detected",
    "entscheidung", "décision",
    "decisión",
  ]
  static let birth: Set = [
    "születési", "született", "születés", "narození", "narodenia", "rojstva", "rođenja", "nașterii",
    "naștere", "рождения", "γέννησης", "doğum", "syntymä", "sünniaeg", "dzimšanas", "gimimo", "生年月日", "생년월일",
    "출생",
    "birth", "birthdate", "dob", "born", "geburt", "geburtsdatum", "naissance", "nacimiento", "nascita",
    "nascimento", "urodzenia", "geboortedatum", "fødsel", "fødselsdato", "født", "födelsedatum",
    "syntymäaika", "nasc", "nac", "naiss", "geb", "gebdat", "gebdatum", "ddn",
    "出生",
  ]
  /// When a machine did something with the case, which is not when the patient was examined.
  static let machineTime: Set = [
    "zpracováno", "zpracování", "spracovania", "feldolgozás", "feldolgozva", "обработки", "обработано",
    "işleme", "käsitelty", "処理", "처리",
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
    "vizsgálat", "vizsgálati", "vyšetření", "vyšetrenia", "pregleda", "examinării", "исследования",
    "обследования", "εξέτασης", "tetkik", "çekim", "tutkimus", "uuringu", "izmeklējuma", "tyrimo", "検査", "撮影",
    "검사", "촬영",
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
    "dátum", "dat", "tarih", "tarihi", "дата", "ημερομηνία", "päivämäärä", "kuupäev", "datums", "日付", "날짜",
    "일자",
    "date", "datum", "dato", "day", "acquired", "performed", "studydate", "examdate", "dt", "fecha", "data",
    "日期",
  ]
  static let age: Set = [
    "életkor", "věk", "vek", "starost", "vârsta", "vârstă", "возраст", "ηλικία", "yaş", "ikä", "vanus",
    "vecums", "amžius", "年齢", "나이", "연령",
    "age", "agep", "patientage", "alter", "alder", "patientenalter", "âge", "edad", "età", "idade", "wiek",
    "leeftijd",
    "ålder", "年龄",
  ]
  static let attributes: [(name: String, words: Set<String>)] = [
    (
      "sex",
      [
        "nem", "pohlaví", "pohlavie", "spol", "пол", "стать", "φύλο", "cinsiyet", "sukupuoli", "sugu",
        "dzimums", "lytis", "性別", "성별",
        "sex", "gender", "geschlecht", "sexe", "sexo", "sesso", "geslacht", "kön", "køn", "kjønn", "płeć",
        "plec", "性别",
      ]
    ),
    ("ethnicity", ["ethnicity", "race", "ethnic", "ethnie", "raza", "etnia", "民族"]),
    (
      "site",
      [
        "kórház", "intézmény", "telephely", "nemocnice", "nemocnica", "pracoviště", "pracovisko", "bolnica",
        "bolnišnica", "spital", "spitalul", "больница", "клиника", "νοσοκομείο", "hastane", "hastanesi",
        "sairaala", "haigla", "slimnīca", "ligoninė", "病院", "施設", "병원", "기관",
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
        "gyártó", "gyártója", "készülék", "výrobce", "výrobca", "přístroj", "prístroj", "proizvajalec",
        "proizvođač", "producător", "производитель", "аппарат", "κατασκευαστής", "üretici", "cihaz",
        "valmistaja", "laite", "tootja", "ražotājs", "gamintojas", "tillverkare", "装置", "メーカー", "제조사", "장비",
        "scanner", "manufacturer", "make", "maker", "merk", "merke", "marke", "marca", "märke", "fabrikant",
        "producent", "vendor", "device", "gerät", "hersteller", "fabricant", "appareil",
        "fabricante", "constructeur", "camera", "kamera", "caméra", "cámara", "fotocamera", "câmera", "厂家",
        "设备",
      ]
    ),
  ]
  /// Of what a case stands for in an enriched sample.
  static let weights: Set = ["weight", "weights", "wt", "samplingweight", "ipw", "gewicht", "poids"]
  static let status: Set = [
    "állapot", "stav", "stare", "durum", "статус", "tila", "状態", "상태", "status", "state", "qc", "error",
    "fehler", "statut", "estado", "stato", "状态",
  ]
  /// People and remarks, by which nobody wants results unasked.
  static let aside: Set = [
    "okuyucu", "läsare", "lukija", "読影医", "판독의",
    "olvasó", "leletező", "beküldő", "orvos", "megjegyzés", "lékař", "lekár", "hodnotitel", "žadatel",
    "poznámka", "hekim", "açıklama", "врач", "примечание", "lääkäri", "verze", "verzia", "verzió", "sürüm",
    "версия",
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
    "igen", "áno", "da", "да", "ναι", "jah", "jā", "taip", "var", "pozitif", "pozitív", "pozitivní",
    "pozitívny", "pozitivan", "pozitiv", "положительный", "положительно", "θετικό", "陽性", "はい", "양성", "예",
    "1", "1.0", "true", "yes", "y", "positive", "pos", "abnormal", "malignant", "disease", "present", "+",
    "ja",
    "tak", "ano", "kyllä", "evet",
    "j", "positiv", "bösartig", "auffällig", "oui", "positif", "maligne", "si", "sí", "sim", "positivo",
    "maligno", "阳性", "是", "有",
  ]
  static let negative: Set = [
    "nem", "ne", "nu", "нет", "όχι", "nē", "yok", "negatif", "negatív", "negativní", "negatívny", "negativan",
    "отрицательный", "отрицательно", "αρνητικό", "陰性", "いいえ", "음성", "아니오",
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
    "bizonytal", "neurčit", "nerozhodn", "neist", "nesigur", "сомнит", "неопредел", "αμφίβολ", "şüphel",
    "kararsız", "epäselv", "疑い", "判定不能", "의심", "판독불가",
    "equivoc", "équivoc", "indetermin", "indéterm", "inconclus", "inconcl", "undetermin", "uncertain",
    "unbestimmt", "nicht eindeutig", "nicht beurteil", "zweifel", "grenzwert", "twijfel", "onduidelijk",
    "onbeoordeel", "niet te beoordelen", "tvivl", "tvek", "usikker", "osäker", "ikke vurder", "ej bedöm",
    "niejednoznacz", "niediagnost", "wątpliw", "nejasn", "nejist", "dubbi", "incert", "inciert", "duvid",
    "dudos", "douteu", "inclass", "contamin", "epävarm", "belirsiz",
  ]

  /// Before a condition: it may be there, or was.
  static let hedges = [
    "régi", "stará", "staré", "eski", "vanha", "стар",
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
    "hiba", "sikertelen", "neúspěš", "ошибка", "сбой", "σφάλμα", "eroare", "greška", "napaka", "klaida",
    "kļūda", "başarısız", "エラー", "오류", "실패",
    "fail", "error", "timeout", "time-out", "timed out", "reject", "abort", "crash", "cancel", "invalid",
    "unprocess", "not processed", "no result", "no output", "missing", "fehl", "abgebrochen", "abgelehnt",
    "zurückgewiesen", "échec", "echec", "erreur", "rejet", "falh", "falla", "fallo", "agotad", "erro",
    "rechaz",
    "rejeit", "errore", "fallit", "mislukt", "fout", "afgekeurd", "afgewezen", "fejl", "feil", "mislyk",
    "misslyck", "avvis", "błąd", "blad", "odrzuc", "nieudan", "chyb", "virhe", "hata", "失败", "错误",
  ]

  /// Of a status: the model gave its output.
  static let succeeded: Set = [
    "kész", "hotovo", "tamam", "başarılı", "готово", "успешно", "valmis", "gata", "完了", "완료",
    "ok", "success", "succeeded", "done", "complete", "completed", "processed", "pass", "passed", "valid",
    "ready",
    "erfolgreich", "abgeschlossen", "concluído", "concluido", "completado", "completato", "terminé",
    "voltooid",
    "afgerond", "gereed", "klar", "færdig", "zakończone", "成功",
  ]
  /// Of an attribute: nobody knows.
  static let unknown: Set = [
    "ismeretlen", "neznámé", "neznámý", "neznámy", "neznáma", "neuvedeno", "neuvedené", "neznano",
    "nepoznato", "necunoscut", "неизвестно", "άγνωστο", "bilinmiyor", "tuntematon", "teadmata", "nezināms",
    "nežinoma", "미상", "알 수 없음",
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
