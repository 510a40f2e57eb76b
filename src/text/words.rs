//! The closed word lists of the tokeniser and the sentence splitter.

/// Words that keep a full stop, in lower case and without it, sorted.
const ABBREVIATIONS: &[&str] = &[
    "abt", "acct", "adm", "admin", "al", "apr", "apt", "approx", "asst", "assn", "assoc", "attn", "aug", "ave", "bldg",
    "blvd", "brig", "bros", "ca", "capt", "cf", "chap", "cmdr", "co", "col", "comdr", "conn", "corp", "cpl", "dec",
    "dept", "dist", "div", "dr", "ed", "eds", "eg", "esp", "esq", "est", "etc", "excl", "ext", "feb", "fig", "figs",
    "fla", "fri", "ft", "ga", "gen", "gov", "govt", "hon", "hwy", "ie", "inc", "incl", "insp", "jan", "jr", "ky", "la",
    "lb", "lbs", "lieut", "lt", "ltd", "maj", "mass", "messrs", "mfg", "mgr", "mich", "min", "minn", "mlle", "mme",
    "mo", "mr", "mrs", "ms", "msgr", "mt", "nov", "oct", "okla", "ont", "op", "oz", "pa", "penn", "pfc", "ph", "pp",
    "pres", "prof", "prop", "pt", "pvt", "rd", "ref", "rep", "reps", "ret", "rev", "sec", "sen", "sens", "sept", "sep",
    "sgt", "spc", "sq", "sr", "ss", "st", "ste", "supt", "tel", "tenn", "tex", "treas", "tues", "univ", "va", "viz",
    "vol", "vols", "vs", "vt", "wed", "wis", "yr", "yrs", "est", "fwd", "mrs", "ltda", "mths", "thur", "thurs", "sat",
    "mon", "tue", "sun", "calif", "ariz", "colo", "dak", "ill", "ind", "kan", "md", "miss", "mont", "neb", "nev",
    "ore", "wash", "wyo",
];

/// Abbreviations that are words too: they keep the full stop only if written with a capital and followed by a digit, a
/// capital or a comma.
const DOUBTFUL: &[&str] = &[
    "art", "fig", "ill", "in", "ind", "mass", "md", "min", "miss", "mon", "mont", "ore", "prop", "ref", "sat", "sun",
    "wash", "wed", "no", "nos", "la", "pa", "ga", "ed", "mar", "jun", "jul", "al", "ext", "op", "pres", "mo", "ca",
    "co", "rep", "vol", "est", "kan", "tel", "dak",
];

/// Titles and other abbreviations that never end a sentence.
const NEVER_LAST: &[&str] = &[
    "adm", "approx", "attn", "brig", "ca", "capt", "cf", "cmdr", "col", "cpl", "dr", "eg", "esp", "fig", "figs", "ft",
    "gen", "gov", "hon", "ie", "insp", "lieut", "lt", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms", "msgr", "mt",
    "no", "nos", "pfc", "pp", "pres", "prof", "pvt", "rep", "reps", "rev", "sen", "sens", "sgt", "spc", "st", "ste",
    "supt", "viz", "vol", "vs", "e.g", "i.e", "p.s", "ps", "c", "u.s.s", "ph",
];

/// Words that begin sentences far more often than names: after an abbreviation they tell that the sentence has ended.
const STARTERS: &[&str] = &[
    "a",
    "about",
    "according",
    "after",
    "all",
    "although",
    "among",
    "an",
    "and",
    "another",
    "any",
    "are",
    "as",
    "asked",
    "at",
    "because",
    "before",
    "but",
    "by",
    "can",
    "did",
    "do",
    "does",
    "during",
    "each",
    "earlier",
    "even",
    "every",
    "few",
    "finally",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "instead",
    "is",
    "it",
    "its",
    "last",
    "later",
    "many",
    "maybe",
    "meanwhile",
    "more",
    "most",
    "my",
    "nearly",
    "neither",
    "nevertheless",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "now",
    "of",
    "officials",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "our",
    "over",
    "people",
    "perhaps",
    "please",
    "several",
    "she",
    "should",
    "since",
    "so",
    "some",
    "still",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "thus",
    "to",
    "today",
    "two",
    "under",
    "unless",
    "until",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "why",
    "will",
    "with",
    "would",
    "yet",
    "you",
    "your",
];

/// First parts that stay one token with what follows their hyphen: "anti-American", "e-mail".
const PREFIXES: &[&str] = &[
    "anti", "arch", "bi", "co", "counter", "cross", "e", "eco", "ex", "extra", "inter", "intra", "macro", "mega",
    "micro", "mid", "mini", "multi", "neo", "non", "over", "pan", "para", "post", "pre", "pro", "proto", "pseudo",
    "psycho", "quasi", "re", "semi", "socio", "sub", "super", "tele", "trans", "ultra", "un", "under", "uni", "vice",
];

/// Last labels of host and file names.
const DOMAINS: &[&str] = &[
    "aspx", "asp", "biz", "ca", "co", "com", "doc", "docx", "edu", "eu", "exe", "gif", "gov", "htm", "html", "info",
    "int", "io", "jpeg", "jpg", "mil", "mp3", "mp4", "net", "org", "pdf", "php", "png", "ppt", "ru", "tv", "txt", "ua",
    "uk", "url", "us", "wav", "xls", "xlsx", "xml", "zip", "nl", "de", "fr", "jp", "cn", "au", "nz", "ie", "me",
];

/// Units that are cut off the number they touch: "5kg", "7pm", "$3M".
const UNITS: &[&str] = &[
    "am", "pm", "kg", "km", "cm", "mm", "ft", "lb", "lbs", "oz", "mph", "kph", "kmh", "kw", "mw", "gw", "kwh", "mwh",
    "gb", "mb", "tb", "kb", "hz", "khz", "mhz", "ghz", "mg", "ml", "bn", "tn", "hr", "hrs", "min", "mins", "sec",
    "secs", "yr", "yrs", "px", "kn", "bpm", "ha",
];

/// Spoken contractions written without an apostrophe, with the byte at which their second token starts.
const FUSED: &[(&str, usize)] = &[
    ("aint", 2),
    ("arent", 3),
    ("cannot", 3),
    ("cant", 2),
    ("couldnt", 5),
    ("didnt", 3),
    ("doesnt", 4),
    ("dont", 2),
    ("gimme", 3),
    ("gonna", 3),
    ("gotta", 3),
    ("hadnt", 3),
    ("hasnt", 3),
    ("havent", 4),
    ("im", 1),
    ("isnt", 2),
    ("ive", 1),
    ("lemme", 3),
    ("shouldnt", 6),
    ("thats", 4),
    ("theres", 5),
    ("theyre", 4),
    ("theyve", 4),
    ("wanna", 3),
    ("wasnt", 3),
    ("werent", 4),
    ("weve", 2),
    ("whats", 4),
    ("wont", 2),
    ("wouldnt", 5),
    ("youre", 3),
    ("youve", 3),
];

/// Longest word of the lists above, in bytes.
const LONGEST: usize = 16;

fn is_in(list: &[&str], word: &str) -> bool {
    word.len() <= LONGEST && list.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// How a word takes a full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The word keeps it.
    Keeps,
    /// The word keeps it when what follows shows that it is an abbreviation.
    Doubtful,
    /// The full stop is a token of its own.
    Apart,
}

pub fn stop_of(word: &str) -> Stop {
    if matches!(word, "al" | "c" | "PS") {
        return if word == "c" { Stop::Doubtful } else { Stop::Keeps };
    }
    if is_in(DOUBTFUL, word) {
        if word.starts_with(char::is_uppercase) || matches!(word, "no" | "nos" | "ca" | "co") {
            Stop::Doubtful
        } else {
            Stop::Apart
        }
    } else if is_in(ABBREVIATIONS, word) {
        Stop::Keeps
    } else {
        Stop::Apart
    }
}

/// Whether an abbreviation, full stop included, never ends a sentence.
pub fn never_last(word: &str) -> bool {
    word.strip_suffix('.').is_some_and(|word| is_in(NEVER_LAST, word))
}

pub fn starts_sentences(word: &str) -> bool {
    is_in(STARTERS, word)
}

pub fn is_prefix(word: &str) -> bool {
    is_in(PREFIXES, word)
}

pub fn is_domain(label: &str) -> bool {
    is_in(DOMAINS, label)
}

pub fn is_unit(word: &str) -> bool {
    if word.len() == 1 { matches!(word, "k" | "m" | "g" | "l" | "x" | "K" | "M" | "B") } else { is_in(UNITS, word) }
}

pub fn fused(word: &str) -> Option<usize> {
    FUSED.iter().find(|(form, _)| form.eq_ignore_ascii_case(word)).map(|&(_, at)| at)
}
