//! Which language a document is written in, and which of its paragraphs are in another.

use super::Document;
use crate::model::Language;

/// Fewest letters that tell a language written in Latin letters, and in any other script.
const LEAST_LETTERS: (usize, usize) = (80, 20);
/// Fewest letters of a paragraph that is in another language than its document.
const LEAST_OF_PARAGRAPH: (usize, usize) = (120, 40);
/// Code points of the beginning and of the middle that a language is told by.
const SAMPLE: (usize, usize) = (2_000, 1_000);

/// What a document is written in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Languages {
    /// The language of most of it; `None` if it is too short to tell.
    pub main: Option<Language>,
    /// The paragraphs that are not English, by their numbers, in order.
    pub foreign: Vec<(u32, Language)>,
}

/// Letters and words of a paragraph.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    letters: usize,
    latin: usize,
    words: usize,
    /// Words that begin with a small letter.
    small: usize,
    /// Words that only English has, and much of.
    english: usize,
}

/// Frequent English words that other languages do not write.
const ENGLISH: &[&str] = &[
    "the", "and", "of", "to", "with", "said", "from", "were", "this", "that", "which", "they", "would", "been",
    "their", "his", "she", "it", "not", "are", "who", "will", "have", "its", "after",
];

/// Frequent words of other languages in Latin letters. A language counts as recognised if its own words are there.
const FREQUENT: &[(&str, &[&str])] = &[
    (
        "de",
        &[
            "der", "die", "das", "und", "den", "von", "zu", "mit", "des", "im", "für", "ist", "nicht", "ein", "eine",
            "dem",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "de", "des", "et", "du", "en", "un", "une", "que", "pour", "dans", "est", "à", "qui",
            "au",
        ],
    ),
    ("es", &["el", "la", "de", "que", "los", "las", "del", "en", "y", "un", "una", "por", "con", "se", "para", "su"]),
    ("ca", &["el", "la", "de", "que", "els", "les", "del", "i", "en", "un", "una", "per", "amb", "es", "va", "dels"]),
    ("it", &["il", "la", "di", "che", "del", "della", "e", "un", "una", "per", "con", "in", "i", "le", "è", "nel"]),
    ("pt", &["o", "a", "de", "que", "do", "da", "os", "as", "em", "um", "uma", "para", "com", "não", "no", "na", "e"]),
    ("nl", &["de", "het", "een", "van", "en", "dat", "te", "op", "met", "voor", "zijn", "niet", "is", "die", "aan"]),
    ("sv", &["och", "att", "det", "som", "en", "av", "för", "på", "med", "den", "till", "är", "har", "i", "inte"]),
    ("da", &["og", "at", "det", "som", "en", "af", "for", "på", "med", "den", "til", "er", "har", "i", "ikke", "de"]),
    ("nb", &["og", "at", "det", "som", "en", "av", "for", "på", "med", "den", "til", "er", "har", "i", "ikke", "de"]),
    ("pl", &["w", "i", "na", "z", "się", "do", "że", "nie", "o", "jest", "to", "po", "przez", "za", "od", "ma"]),
    ("cs", &["v", "a", "na", "se", "z", "že", "do", "je", "o", "s", "by", "za", "ve", "k", "podle", "ale"]),
    ("sk", &["v", "a", "na", "sa", "z", "že", "do", "je", "o", "s", "by", "za", "vo", "k", "podľa", "ale"]),
    ("ro", &["de", "și", "în", "la", "a", "care", "cu", "din", "pe", "o", "un", "că", "nu", "pentru", "să", "este"]),
    ("hu", &["a", "az", "és", "hogy", "nem", "is", "egy", "meg", "el", "volt", "ezt", "csak", "de", "mint"]),
    (
        "tr",
        &["ve", "bir", "bu", "için", "ile", "da", "de", "olarak", "çok", "en", "daha", "olan", "gibi", "sonra", "göre"],
    ),
    ("az", &["və", "bir", "bu", "üçün", "ilə", "da", "də", "olan", "ki", "sonra", "kimi", "edib", "olub"]),
    ("fi", &["ja", "on", "ei", "että", "oli", "se", "hän", "mukaan", "kun", "ovat", "myös", "mutta", "joka"]),
    ("et", &["ja", "on", "ei", "et", "oli", "see", "ta", "kui", "ka", "mis", "oma", "aga"]),
    ("hr", &["je", "i", "u", "na", "se", "da", "za", "od", "su", "s", "koji", "to", "iz", "će"]),
    ("sl", &["je", "in", "v", "na", "se", "da", "za", "so", "ki", "s", "z", "pa", "po", "tudi"]),
    ("lt", &["ir", "kad", "į", "su", "iš", "yra", "už", "tai", "bet", "apie", "buvo", "ne"]),
    ("lv", &["un", "ir", "ka", "par", "no", "uz", "ar", "kas", "to", "bija", "arī", "pēc"]),
    ("id", &["yang", "dan", "di", "dari", "untuk", "dengan", "ini", "itu", "pada", "tidak", "dalam", "akan", "ke"]),
    ("vi", &["và", "của", "các", "là", "có", "trong", "được", "cho", "đã", "với", "một", "không", "người"]),
    ("tl", &["ang", "ng", "sa", "mga", "na", "at", "ay", "si", "ni", "para", "ito"]),
];

/// Reads the language of a document. `declared` is what the article says of itself; it decides where the text does not.
///
/// Linear time; the words are only looked at as far as it takes to see that they are English.
pub fn languages(document: &Document<'_>, declared: Option<Language>) -> Languages {
    let mut paragraphs: Vec<(u32, &str)> = Vec::new();
    let mut start = 0;
    for (i, sentence) in document.sentences.iter().enumerate() {
        let next = document.sentences.get(i + 1);
        if next.is_none_or(|next| next.paragraph != sentence.paragraph) {
            let first = document.sentences[start].span;
            paragraphs.push((sentence.paragraph, document.words(first.cover(sentence.span))));
            start = i + 1;
        }
    }
    let tallies: Vec<Tally> = paragraphs.iter().map(|(_, text)| tally(text)).collect();
    let all = tallies.iter().fold(Tally::default(), |sum, t| sum.and(*t));
    let found = || recognised(&sample(&paragraphs), all, LEAST_LETTERS);
    let main = match all.is_english(8).then_some(Language::ENGLISH).or_else(found) {
        Some(language) => Some(language),
        // A text full of names and numbers: what little is left is English.
        None => declared.or((all.english >= 2 && all.letters >= LEAST_LETTERS.0).then_some(Language::ENGLISH)),
    };
    let strange = main.filter(|language| *language != Language::ENGLISH);
    let mut foreign = Vec::new();
    for ((number, text), tally) in paragraphs.iter().zip(tallies) {
        let language = match strange {
            Some(language) => (!(tally.is_english(15) && tally.words >= 12)).then_some(language),
            None if tally.is_english(8) => None,
            None => recognised(text, tally, LEAST_OF_PARAGRAPH),
        };
        foreign.extend(language.map(|language| (*number, language)));
    }
    Languages { main, foreign }
}

impl Tally {
    fn and(self, other: Tally) -> Tally {
        Tally {
            letters: self.letters + other.letters,
            latin: self.latin + other.latin,
            words: self.words + other.words,
            small: self.small + other.small,
            english: self.english + other.english,
        }
    }

    /// Whether at least so many of a hundred words are frequent English ones.
    fn is_english(&self, percent: usize) -> bool {
        self.english > 0 && self.english * 100 >= self.words * percent
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

fn tally(text: &str) -> Tally {
    let mut tally = Tally::default();
    for word in words(text) {
        tally.words += 1;
        tally.small += usize::from(word.starts_with(char::is_lowercase));
        if word.is_ascii() {
            tally.letters += word.len();
            tally.latin += word.len();
            tally.english += usize::from(word.len() <= 5 && ENGLISH.iter().any(|w| w.eq_ignore_ascii_case(word)));
        } else {
            for c in word.chars() {
                tally.letters += 1;
                // Latin letters end with the Latin Extended Additional block.
                tally.latin += usize::from(c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c));
            }
        }
    }
    tally
}

/// The first code points of the paragraphs, and some of the middle.
fn sample(paragraphs: &[(u32, &str)]) -> String {
    let of = |paragraphs: &[(u32, &str)], length: usize| {
        let mut text = String::new();
        let mut left = length;
        for (_, words) in paragraphs {
            let part: String = words.chars().take(left).collect();
            left -= part.chars().count();
            text += &part;
            text.push('\n');
            if left == 0 {
                break;
            }
        }
        text
    };
    of(paragraphs, SAMPLE.0) + &of(&paragraphs[paragraphs.len() / 2..], SAMPLE.1)
}

/// The language of a text that is sure not to be English.
fn recognised(text: &str, tally: Tally, least: (usize, usize)) -> Option<Language> {
    let latin = tally.latin * 2 > tally.letters;
    let (letters, least) = if latin { (tally.latin, least.0) } else { (tally.letters - tally.latin, least.1) };
    if letters < least || tally.is_english(8) {
        return None;
    }
    let end = text.char_indices().nth(SAMPLE.0 + SAMPLE.1).map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    let found = whatlang::detect(text)?;
    let language: Language = found.lang().code().parse().ok().filter(|l| *l != Language::ENGLISH)?;
    if !latin {
        return Some(language);
    }
    // Lists of names look like anything ("De Bruyne"): only words in small letters prove a language.
    let (mut count, mut own) = (0, 0);
    let frequent = FREQUENT.iter().find(|(code, _)| *code == language.as_str()).map(|(_, words)| *words);
    for word in words(text) {
        count += 1;
        own += usize::from(frequent.is_some_and(|list| list.contains(&word)));
    }
    match frequent {
        Some(_) => own * 100 >= count * 8 && own >= 4,
        None => found.is_reliable() && found.confidence() > 0.9 && letters >= 200 && tally.small * 2 >= tally.words,
    }
    .then_some(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Languages {
        languages(&Document::of(text), None)
    }

    #[test]
    fn eight_languages_are_recognised() {
        for (code, text) in [
            (
                "de",
                "Der Präsident ist am Dienstag nach Genf gereist, um mit den Ministern über das Abkommen zu sprechen. Die Verhandlungen dauerten bis in die Nacht.",
            ),
            (
                "fr",
                "Le président est arrivé mardi à Genève pour parler de l'accord avec les ministres. Les négociations ont duré jusque dans la nuit, selon un porte-parole.",
            ),
            (
                "es",
                "El presidente viajó el martes a Ginebra para hablar con los ministros sobre el acuerdo. Las negociaciones duraron hasta la noche, dijo un portavoz.",
            ),
            (
                "tr",
                "Cumhurbaşkanı salı günü bakanlarla anlaşmayı görüşmek için Cenevre'ye gitti. Bir sözcüye göre görüşmeler gece geç saatlere kadar sürdü ve bu hafta devam edecek.",
            ),
            (
                "ru",
                "Президент прибыл во вторник в Женеву, чтобы обсудить соглашение с министрами. Переговоры продолжались до ночи.",
            ),
            (
                "uk",
                "Президент прибув у вівторок до Женеви, щоб обговорити угоду з міністрами. Переговори тривали до пізньої ночі, і їх продовжать.",
            ),
            ("ar", "وصل الرئيس يوم الثلاثاء إلى جنيف لمناقشة الاتفاق مع الوزراء واستمرت المحادثات حتى الليل."),
            ("zh", "总统星期二抵达日内瓦，与部长们讨论协议。会谈一直持续到深夜，双方没有达成协议。"),
        ] {
            let found = read(text);
            assert_eq!(found.main.map(|l| l.to_string()).as_deref(), Some(code), "{text}");
            assert_eq!(found.foreign.len(), 1, "{text}");
        }
    }

    #[test]
    fn english_look_alikes_stay_english() {
        for text in [
            "PRESIDENT ARRIVES IN GENEVA FOR TALKS WITH MINISTERS ON AGREEMENT, OFFICIALS SAY TALKS LASTED ALL NIGHT",
            "Bayern Munich 3, Real Madrid 1; Juventus 2, Paris Saint-Germain 2; Ajax 0, Olympique Lyon 4; Sevilla 1, Porto 1; Dinamo Zagreb 2, Galatasaray 0",
            "Lewandowski, Modric, Kroos, Benzema, De Bruyne, Van Dijk, Alaba, De Gea, Dybala, Di Maria, Neymar, Lukaku, Courtois, De Ligt",
            "12.4 15.8 1,024 77.1 2024-03-05 18:30 12.4 15.8 1,024 77.1 2024-03-05 18:30 12.4 15.8",
            "Le Pen and Macron to Meet",
            "Jannik Sinner bt Carlos Alcaraz 6-4 7-6 6-3; Iga Swiatek bt Aryna Sabalenka 6-1 6-2; Novak Djokovic bt Casper Ruud 7-6 6-3",
            "Der Spiegel, Die Zeit and Le Monde said the ministers of the two countries had met in Genève, and that La Repubblica was told of it.",
            "",
        ] {
            assert!(read(text).foreign.is_empty(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn paragraphs_of_another_language_are_told_apart() {
        let english = "The president arrived in Geneva on Tuesday to talk about the agreement with the ministers of both countries.";
        let french = "Le président est arrivé mardi à Genève pour parler de l'accord avec les ministres. Les négociations ont duré \
                      jusque dans la nuit, selon un porte-parole, et les deux pays ne sont pas parvenus à une solution dans la \
                      question des prisonniers.";
        let both = read(&format!("{english}\n\n{french}\n\n{english} {english} {english}"));
        assert_eq!(both.main, Some(Language::ENGLISH));
        assert_eq!(both.foreign.iter().map(|(n, l)| (*n, l.to_string())).collect::<Vec<_>>(), [(1, "fr".to_owned())]);
        let mostly = read(&format!("{french}\n\n{french}\n\n{english}"));
        assert_eq!(mostly.foreign.iter().map(|f| f.0).collect::<Vec<_>>(), [0, 1]);
        // Too short to matter.
        assert_eq!(read(&format!("{english}\n\nLe Pen dit non.\n\n{english}")).foreign, []);
    }

    #[test]
    fn what_is_declared_decides_where_the_text_does_not() {
        let german = "de".parse().ok();
        let document = Document::of("Friedensgespräche vertagt");
        assert_eq!(languages(&document, german).foreign, [(0, german.unwrap())]);
        assert_eq!(languages(&document, None), Languages::default());
        let document = Document::of("The talks were put off, the minister said, and they will go on in March.");
        assert_eq!(languages(&document, german).foreign, []);
    }
}
