//! Articles that another program has parsed: what is taken from them, and what is refused.

use dateline::extract::{Engine, Lexicon};
use dateline::ingest::read_brought;
use dateline::language::{Brought, Deprel, Model, NameKind, Parser, Upos, conllu, parts};
use dateline::lexicon::Data;
use dateline::model::{Analysis, Article};
use dateline::text::Document;
use proptest::prelude::*;
use std::sync::LazyLock;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(Lexicon::load(&Data::BuiltIn).unwrap(), Model::embedded()));

fn sheet(rows: &[&str]) -> String {
    rows.iter().map(|row| row.replace(' ', "\t") + "\n").collect()
}

fn error(text: &str) -> String {
    Brought::read(text, 1).unwrap_err().to_string()
}

fn brought(text: &str) -> (Article, Analysis) {
    let brought = Brought::read(text, 1).unwrap();
    let article = read_brought(&brought, &|text, day| ENGINE.dates(text, day));
    let analysis = ENGINE.analyse_brought(&article, &brought);
    (article, analysis)
}

#[test]
fn what_was_parsed_here_gives_the_same_events_again() {
    for text in [
        "Ministers of Germany and Poland met in Berlin on 8 January 2026 and signed a treaty. They didn't sign Ukraine's.",
        "  The U.S. killed  12 rebels in northern Syria on Monday, Reuters said.   “It is over,” President Joe Biden told troops.",
        "Zoë can't go. Police arrested Élodie Müller in Zürich on 3 March 2024 👩\u{200d}👩\u{200d}👧 and freed her.",
    ] {
        let article = Article::from_text(text);
        let expected = ENGINE.analyse(&article);
        let document = Document::of(text);
        let written = conllu::write(&document, &Model::embedded().parse(&document), None);
        let (again, found) = brought(&written);
        assert_eq!(again.text, text.trim_end(), "offsets refer to the text that was parsed");
        assert_eq!(found.events, expected.events);
        assert_eq!(found.times, expected.times);
        assert!(!expected.events.is_empty());
    }
}

#[test]
fn the_trees_of_the_file_are_used() {
    let rows = [
        "1 Kenya Kenya PROPN NNP _ 3 nsubj _ ner=S-GPE|start_char=0|end_char=5",
        "2 never never ADV RB _ 3 advmod _ ner=O|start_char=6|end_char=11",
        "3 attacked attack VERB VBD _ 0 root _ ner=O|start_char=12|end_char=20",
        "4 Uganda Uganda PROPN NNP _ 3 obj _ ner=S-GPE|start_char=21|end_char=27",
        "5 . . PUNCT . _ 3 punct _ ner=O|start_char=27|end_char=28",
    ];
    let head = "# newdoc id = 7\n# meta::title = Kenya and Uganda\n# meta::dateCreated = 2024-03-05\n# language = en\n";
    let (article, analysis) = brought(&format!("{head}{}", sheet(&rows)));
    assert_eq!((article.id.as_deref(), article.title.as_deref()), (Some("7"), Some("Kenya and Uganda")));
    assert_eq!(article.published.unwrap().day.to_string(), "2024-03-05");
    assert_eq!(article.text, "Kenya never attacked Uganda.");
    assert_eq!(analysis.events.len(), 1);
    assert_eq!(analysis.events[0].headline, "Kenya never attacked Uganda");
}

#[test]
fn what_is_missing_is_filled_in() {
    let rows = [
        "1 Soldiers _ NOUN _ Number=Plur 2 nsubj _ _",
        "2 shelled _ VERB _ Tense=Past|VerbForm=Fin 0 root _ _",
        "3 Kharkiv _ PROPN _ Number=Sing 2 dobj _ SpaceAfter=No",
        "4 . _ PUNCT _ _ 2 punct:end _ _",
    ];
    let read = Brought::read(&sheet(&rows), 1).unwrap();
    assert_eq!(read.text, "Soldiers shelled Kharkiv.");
    assert!(read.notes.is_empty(), "{:?}", read.notes);
    let syntax = read.syntax(Model::embedded());
    let words: Vec<_> = syntax.words.iter().map(|w| (&*w.lemma, w.xpos, w.deprel)).collect();
    assert_eq!(
        words[..3],
        [("soldier", "NNS", Deprel::Nsubj), ("shell", "VBD", Deprel::Root), ("Kharkiv", "NNP", Deprel::Obj)]
    );
    assert_eq!(words[3].2, Deprel::Punct);
    assert_eq!(syntax.names, Model::embedded().parse(&read.document()).names);
}

#[test]
fn written_words_of_several_words_keep_their_place() {
    let rows = [
        "1 They they PRON PRP _ 3 nsubj _ start_char=1|end_char=5",
        "2-3 didn't _ _ _ _ _ _ _ start_char=6|end_char=12|ner=O",
        "2 did do AUX VBD _ 3 aux _ _",
        "3 n't not PART RB _ 0 root _ _",
        "4-5 gonna _ _ _ _ _ _ _ start_char=13|end_char=18|ner=B-ORG",
        "4 go go VERB VBG _ 3 xcomp _ _",
        "5 to to PART TO _ 4 mark _ _",
        "6 Corp Corp PROPN NNP _ 4 obj _ start_char=20|end_char=24|ner=E-ORG",
    ];
    let read = Brought::read(&sheet(&rows), 1).unwrap();
    assert_eq!(read.text, " They didn't gonna  Corp");
    let document = read.document();
    assert_eq!((0..6).map(|i| document.word(i)).collect::<Vec<_>>(), ["They", "did", "n't", "go", "nna", "Corp"]);
    assert_eq!(document.tokens.iter().map(|t| t.joined).collect::<Vec<_>>(), [false, false, true, false, true, false]);
    let names = read.syntax(Model::embedded()).names;
    assert_eq!(names.iter().map(|n| (n.tokens.clone(), n.kind)).collect::<Vec<_>>(), [(3..6, NameKind::Organisation)]);
}

#[test]
fn white_space_is_that_of_the_file() {
    let rows = |after: &str| sheet(&["1 Go go VERB VB _ 0 root _ _", &format!("2 ! ! PUNCT . _ 1 punct _ {after}")]);
    let both = |comments: &str, after: &str| {
        Brought::read(&format!("{comments}{}\n{}", rows(after), rows("_")), 1).unwrap().text
    };
    assert_eq!(both("", "SpacesAfter=\\n\\n"), "Go !\n\nGo !");
    assert_eq!(both("# text = Go!\n", "_"), "Go! Go !");
    assert_eq!(both("# text = Gone!\n", "_"), "Go ! Go !");
    let paragraphs = format!("{}\n# newpar\n{}", rows("_"), rows("_"));
    let read = Brought::read(&paragraphs, 1).unwrap();
    assert_eq!((read.text.as_str(), read.document().sentences[1].paragraph), ("Go !\n\nGo !", 1));
}

#[test]
fn labels_of_other_schemes_are_counted() {
    let rows =
        ["1 in in ADPO IN _ 2 prep _ _", "2 Rome Rome PROPN NNP _ 0 ROOT _ _", "3 today today NOUN NN _ 2 pobj _ _"];
    let read = Brought::read(&sheet(&rows), 1).unwrap();
    assert_eq!(
        read.notes,
        ["3 labels are not those of Universal Dependencies and were read as the nearest: ADPO, pobj, prep"]
    );
    let syntax = read.syntax(Model::embedded());
    assert_eq!((syntax.words[0].upos, syntax.words[0].deprel), (Upos::X, Deprel::Dep));
}

#[test]
fn errors_name_the_line_and_the_fix() {
    let two = |a: &str, b: &str| sheet(&["# x", a, b]).replace("#\t", "# ");
    assert_eq!(
        error(&two("1 Go go VERB VB _ 0 root _ _", "2 on on ADP RP _ 3 compound:prt _ _")),
        "line 3: head \"3\" is no word of this sentence; write 0 for the root or a number from 1 to 2"
    );
    assert_eq!(
        error(&two("1 Go go VERB VB _ 0 root _ _", "2 on on ADP RP _ 0 root _ _")),
        "line 2: the sentence that begins here has 2 roots; exactly one word must have head 0"
    );
    let circle = ["1 Go go VERB VB _ 0 root _ _", "2 on on ADP RP _ 3 dep _ _", "3 up up ADP RP _ 2 dep _ _"];
    assert_eq!(
        error(&sheet(&circle)),
        "line 2: the heads from this word lead in a circle and never to the root; parse the sentence again"
    );
    assert_eq!(error("1\tGo\n"), "line 1: 2 columns where CoNLL-U has 10; a parsed word needs at least the first 8");
    assert_eq!(
        error(&sheet(&["1 Go go _ _ _ 0 root _ _"])),
        "line 1: the word has no part of speech; give UPOS in column 4 or a Penn tag in column 5"
    );
    assert_eq!(
        error(&sheet(&["1 Go go VERB VB _ 0 root _ _", "3 on on ADP RP _ 1 dep _ _"])),
        "line 2: word id \"3\" is out of order, expected 2"
    );
    assert!(error("Plain text.\n").starts_with("line 1: expected a word id"));
}

#[test]
fn a_file_of_articles_is_cut_at_new_documents() {
    let file = "# global.columns = ID FORM\n# newdoc id = a\n1\tx\n\n# newdoc\n# c\n2\ty\n";
    let found: Vec<_> = parts(file).collect();
    assert_eq!(found, [(2, "# newdoc id = a\n1\tx\n\n"), (5, "# newdoc\n# c\n2\ty\n")]);
    assert_eq!(parts("").count(), 0);
    assert_eq!(parts("1\tx\n").collect::<Vec<_>>(), [(1, "1\tx\n")]);
}

/// Rows of a tree over some words: each head lies before its word, or after it.
fn tree() -> impl Strategy<Value = String> {
    const WORDS: [&str; 14] = [
        "Russia", "attacked", "Ukraine", "on", "Monday", "said", "that", "Putin", ",", "and", "who", "killed", "was",
        "by",
    ];
    const TAGS: [&str; 8] = ["VERB", "NOUN", "PROPN", "ADP", "PUNCT", "SCONJ", "AUX", "PRON"];
    let labels = Deprel::ALL.len();
    let word = (0..WORDS.len(), 0..TAGS.len(), any::<prop::sample::Index>(), 0..labels);
    prop::collection::vec(word, 1..25)
        .prop_flat_map(|words| {
            let order = Just((0..words.len()).collect::<Vec<usize>>()).prop_shuffle();
            (Just(words), order)
        })
        .prop_map(|(words, order)| {
            let mut heads = vec![0; words.len()];
            for (k, &i) in order.iter().enumerate().skip(1) {
                heads[i] = order[words[i].2.index(k)] + 1;
            }
            let mut out = String::new();
            for (i, (word, tag, _, label)) in words.iter().enumerate() {
                let (form, tag, head, label) = (WORDS[*word], TAGS[*tag], heads[i], Deprel::ALL[*label]);
                out += &format!("{}\t{form}\t_\t{tag}\t_\t_\t{head}\t{label}\t_\t_\n", i + 1);
            }
            out
        })
}

proptest! {
    #[test]
    fn any_tree_is_analysed(trees in prop::collection::vec(tree(), 1..4)) {
        let (article, analysis) = brought(&trees.join("\n"));
        prop_assert!(analysis.notes.iter().all(|n| !n.text.contains("failed")), "{:?}", analysis.notes);
        for event in &analysis.events {
            prop_assert!(article.text.get(event.trigger.span.range()).is_some());
        }
    }

    #[test]
    fn any_file_is_read_or_refused(text in "[0-9.\\-\ta-z#= \n_é|:]{0,120}") {
        for (line, part) in parts(&text) {
            if let Ok(read) = Brought::read(part, line) {
                let document = read.document();
                prop_assert!(document.tokens.iter().all(|t| read.text.get(t.span.range()).is_some_and(|w| !w.is_empty())));
                read.syntax(Model::embedded());
            }
        }
    }
}
