//! Corrections of trees that grammar does not allow, or hardly: readings to which the parser comes in the long sentences of
//! news. Each looks at one sentence and hangs words elsewhere; a correction that would close a circle is left out.

mod clauses;
mod headlines;
mod names;
mod phrases;
mod times;
mod verbs;

use std::ops::Range;

use crate::language::{Deprel, Syntax, Upos};
use crate::lexicon::{EventRules, Words};
use crate::model::Zone;
use crate::text::Document;

/// The same syntax with its trees corrected.
pub fn mend(document: &Document<'_>, words: &Words, events: &EventRules, mut syntax: Syntax) -> Syntax {
    for sentence in document.sentences.iter().filter(|s| s.tokens.len() <= LONGEST) {
        let mut at = Mending { document, words, events, syntax: &mut syntax, tokens: sentence.tokens.clone() };
        at.money_as_verb();
        at.mine_as_pronoun();
        at.name_to_its_end();
        at.person_of_relative();
        at.day_before_subject();
        at.subject_behind_date();
        at.relative_of_day();
        at.called_by_name();
        at.name_is_no_verb();
        at.charge_of_object();
        at.person_without_clause();
        at.participle_of_object();
        at.means_of_active_verb();
        at.number_as_subject();
        at.receiver_before_object();
        at.votes_that_decide();
        at.gerund_as_noun();
        at.noun_of_verb();
        at.participle_before_object();
        at.home_of_somebody();
        at.number_as_object();
        at.particle_of_verb_before();
        at.infinitive_as_noun();
        at.active_conjunct();
        at.name_before_verb();
        at.aid_is_no_verb();
        at.crossing_as_noun();
        if sentence.zone == Zone::Title {
            at.verb_of_headline();
            at.verb_behind_as();
        }
        if sentence.zone == Zone::Body {
            at.past_as_attribute();
            at.participle_as_main();
            at.as_many_as();
            at.copula_of_infinitive();
            at.told_main_clause();
            at.told_in_its_clause();
            at.told_at_occasion();
            at.occasion_of_speech();
            at.subject_behind_conjunction();
            at.subject_behind_its_head();
            at.noun_beside_clause();
            at.source_at_the_end();
        }
    }
    names::places_named_once(document, &mut syntax);
    syntax
}

struct Mending<'m> {
    document: &'m Document<'m>,
    words: &'m Words,
    events: &'m EventRules,
    syntax: &'m mut Syntax,
    tokens: Range<usize>,
}

/// Longer sentences, in tokens, are left as they are: they are lists, and each look at one goes over all of it.
const LONGEST: usize = 200;
/// Heads are followed at most so far: deeper trees are the parser's despair, not grammar.
const DEEP: usize = 60;

impl Mending<'_> {
    fn rel(&self, token: usize) -> Deprel {
        self.syntax.words[token].deprel
    }

    fn head(&self, token: usize) -> Option<usize> {
        self.syntax.words[token].head
    }

    fn pos(&self, token: usize) -> Upos {
        self.syntax.words[token].upos
    }

    fn tag(&self, token: usize) -> &'static str {
        self.syntax.words[token].xpos
    }

    fn lower(&self, token: usize) -> String {
        self.document.word(token).to_lowercase()
    }

    fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens.clone().filter(move |t| self.head(*t) == Some(token))
    }

    fn has(&self, token: usize, rels: &[Deprel]) -> bool {
        self.children(token).any(|c| rels.contains(&self.rel(c)))
    }

    fn is_below(&self, token: usize, above: usize) -> bool {
        std::iter::successors(Some(token), |t| self.head(*t)).take(DEEP).any(|t| t == above)
    }

    /// Whether a noun or pronoun names people, or a body of them.
    fn is_somebody(&self, token: usize) -> bool {
        let lemma = self.syntax.words[token].lemma.to_lowercase();
        self.pos(token) == Upos::Propn
            || matches!(lemma.as_str(), "he" | "she" | "they" | "we" | "i" | "who")
            || self.words.is_person(&lemma)
            || self.words.role(&lemma).is_some()
    }

    fn is_finite_past(&self, token: usize) -> bool {
        self.pos(token) == Upos::Verb && matches!(self.tag(token), "VBD" | "VBN")
    }

    /// Hangs a token elsewhere, unless that would close a circle.
    fn hang(&mut self, token: usize, head: usize, rel: Deprel) {
        if token != head && !self.is_below(head, token) {
            (self.syntax.words[token].head, self.syntax.words[token].deprel) = (Some(head), rel);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Model, NameKind, Parser};
    use crate::lexicon::Data;

    fn mended(document: &Document<'_>) -> Syntax {
        let words = Words::load(&Data::BuiltIn).expect("the lists load");
        let events = EventRules::load(&Data::BuiltIn, &words).expect("the rules load");
        mend(document, &words, &events, Model::embedded().parse(document))
    }

    /// The subject of a verb after mending.
    fn subject(text: &str, verb: &str) -> Option<String> {
        subject_in(&Document::of(text), verb)
    }

    fn subject_in(document: &Document<'_>, verb: &str) -> Option<String> {
        let syntax = mended(document);
        let verb = (0..syntax.words.len()).find(|t| document.word(*t) == verb)?;
        let found = (0..syntax.words.len()).find(|t| {
            syntax.words[*t].head == Some(verb) && matches!(syntax.words[*t].deprel, Deprel::Nsubj | Deprel::NsubjPass)
        })?;
        Some(document.word(found).to_owned())
    }

    #[test]
    fn a_participle_is_told_from_the_main_verb() {
        let text = "A crowded ferry carrying more than 120 people capsized on the lagoon late on Tuesday, killing at \
                    least 31 people, emergency officials said on Wednesday.";
        assert_eq!(subject(text, "capsized").as_deref(), Some("ferry"));
        assert_eq!(subject(text, "said").as_deref(), Some("officials"));
    }

    #[test]
    fn a_name_before_a_verb_is_its_subject() {
        let text = "Divers pulled 58 survivors from the water, but some 30 passengers were still missing, Ibrahim Musa \
                    of the rescue agency told reporters.";
        assert_eq!(subject(text, "told").as_deref(), Some("Ibrahim"));
    }

    #[test]
    fn a_noun_is_not_coordinated_with_a_verb() {
        let text = "Private pension funds had lobbied against the plan, and shares in Sura, which controls the largest \
                    of them, fell 4 percent on Friday.";
        assert_eq!(subject(text, "fell").as_deref(), Some("shares"));
    }

    #[test]
    fn a_time_before_a_subject_is_no_part_of_it() {
        let text = "The following summer imperial troops recaptured the town without a fight.";
        let document = Document::of(text);
        let syntax = mended(&document);
        let below = |t: usize| syntax.words[t].head.map(|h| document.word(h));
        assert_eq!(below(2), Some("recaptured"));
        assert_eq!((below(0), below(1)), (Some("summer"), Some("summer")));
    }

    #[test]
    fn whoever_stands_behind_a_date_is_the_subject() {
        let text =
            "On the last day of July Captain Dalyell led 247 men out of the gate before dawn to attack the camp.";
        assert_eq!(subject(text, "led").as_deref(), Some("Captain"));
        let text = "In the spring of 1763 news of the peace reached the lakes.";
        assert_eq!(subject(text, "reached").as_deref(), Some("news"));
    }

    #[test]
    fn talks_that_are_to_begin_begin() {
        let outer = |text: &str| {
            let document = Document::of(text);
            let syntax = mended(&document);
            syntax.words.iter().any(|w| w.deprel == Deprel::NsubjOuter)
        };
        assert!(!outer("Talks are to begin on Monday."));
        assert!(!outer("The president is to meet the king on Friday."));
        assert!(outer("The aim is to win the cup."));
    }

    #[test]
    fn a_name_before_the_number_of_an_object_receives_it() {
        let text = "Last week Rome said it would send Tunisia six patrol boats by the summer.";
        let document = Document::of(text);
        let syntax = mended(&document);
        let name = (0..syntax.words.len()).find(|t| document.word(*t) == "Tunisia");
        assert_eq!(name.map(|t| syntax.words[t].deprel), Some(Deprel::Iobj));
    }

    #[test]
    fn a_place_that_was_named_once_is_a_place() {
        let text = "Rebels entered the town of Lubira on Monday. In 2013, their predecessors briefly captured Lubira.";
        let document = Document::of(text);
        let syntax = mended(&document);
        let kinds = syntax.names.iter().filter(|n| document.word(n.tokens.start) == "Lubira").map(|n| n.kind);
        assert_eq!(kinds.collect::<Vec<_>>(), [NameKind::Location; 2]);
        let text = "The charge of Lubira failed. They met Lubira on Monday.";
        let document = Document::of(text);
        let kinds = |syntax: Syntax| syntax.names.iter().map(|n| (n.tokens.clone(), n.kind)).collect::<Vec<_>>();
        assert_eq!(kinds(mended(&document)), kinds(Model::embedded().parse(&document)));
    }

    #[test]
    fn a_gerund_goes_with_the_noun_before_it() {
        let text = "A court in Riga on Tuesday sentenced Andris Kalnins, the former head of Baltija Bank, to nine years in \
                    prison for fraud and money laundering in a case that shook Latvia's financial sector.";
        let document = Document::of(text);
        let syntax = mended(&document);
        let token = (0..syntax.words.len()).find(|t| document.word(*t) == "laundering");
        assert_eq!(token.map(|t| syntax.words[t].upos), Some(Upos::Noun));
    }

    #[test]
    fn a_noun_behind_a_conjunction_is_its_subject() {
        let text = "At least nine miners are missing after a lift collapsed in Kiruna, northern Sweden.";
        assert_eq!(subject(text, "collapsed").as_deref(), Some("lift"));
        assert_eq!(subject("Police left after the match and returned on Monday.", "returned"), None);
    }

    #[test]
    fn a_participle_is_not_the_verb_of_its_sentence() {
        let text = "A woman described as a 'bitter tenant' stabbed two clerks this afternoon in Genk, Belgium before she \
                    was overpowered and arrested by guards, according to local radio.";
        let document = Document::of(text);
        let syntax = mended(&document);
        let root = (0..syntax.words.len()).find(|t| syntax.words[*t].head.is_none());
        assert_eq!(root.map(|t| document.word(t)), Some("stabbed"));
        assert_eq!(subject(text, "stabbed").as_deref(), Some("woman"));
    }

    #[test]
    fn a_mine_is_no_pronoun() {
        let text = "Roads to the Cerro Blanco copper mine have been blocked since Monday, and the mine's owner, Norsk \
                    Kobber, said it had halted production.";
        let document = Document::of(text);
        let syntax = mended(&document);
        let mines: Vec<usize> = (0..syntax.words.len()).filter(|t| document.word(*t) == "mine").collect();
        assert!(mines.iter().all(|t| syntax.words[*t].upos == Upos::Noun));
        let own = Document::of("The victory was mine.");
        assert!(mended(&own).words.iter().any(|w| w.upos == Upos::Pron));
    }

    #[test]
    fn a_number_before_a_verb_counts_its_subject() {
        let text = "At least seven people were killed and more than 40 wounded when guards opened fire.";
        assert_eq!(subject(text, "wounded").as_deref(), Some("40"));
    }

    #[test]
    fn a_headline_finds_its_verbs() {
        let text = "Tens of thousands march in Belgrade as opposition calls for snap vote";
        let mut document = Document::of(text);
        document.sentences[0].zone = Zone::Title;
        assert_eq!(subject_in(&document, "march").as_deref(), Some("Tens"));
        assert_eq!(subject_in(&document, "calls").as_deref(), Some("opposition"));
        let mut noun = Document::of("Protest march in Belgrade");
        noun.sentences[0].zone = Zone::Title;
        assert_eq!(subject_in(&noun, "march"), None);
    }

    #[test]
    fn a_sentence_without_a_verb_finds_it() {
        let text = "The village harboured fugitives in 1943.";
        assert_eq!(subject(text, "harboured").as_deref(), Some("village"));
        assert_eq!(subject("India limited imports of steel in 2018.", "limited").as_deref(), Some("India"));
        // A heading, and a sentence that has its verb.
        assert_eq!(subject("Village harboured fugitives", "harboured"), None);
        assert_eq!(subject("The army backed militias left.", "backed"), None);
    }

    #[test]
    fn a_noun_before_a_hyphen_is_part_of_the_verb() {
        assert_eq!(subject("The army test-fired a missile on Monday.", "fired").as_deref(), Some("army"));
        assert_eq!(subject("Two men fire-bombed the office on Monday.", "bombed").as_deref(), Some("men"));
    }

    #[test]
    fn a_participle_before_an_object_describes_it() {
        let document = Document::of("Aid convoy enters besieged Zamura after army opens road");
        let syntax = mended(&document);
        let at = |word: &str| (0..syntax.words.len()).find(|t| document.word(*t) == word);
        let (verb, participle, object) = (at("enters"), at("besieged").unwrap(), at("Zamura").unwrap());
        assert_eq!((syntax.words[object].head, syntax.words[object].deprel), (verb, Deprel::Obj));
        assert_eq!((syntax.words[participle].head, syntax.words[participle].deprel), (Some(object), Deprel::Amod));
    }

    #[test]
    fn a_name_before_a_verb_without_subject_is_its_subject() {
        let text = "Verhoeven stepped down after investors criticised his pay package.";
        assert_eq!(subject(text, "stepped").as_deref(), Some("Verhoeven"));
    }

    #[test]
    fn a_bare_noun_behind_to_may_be_a_verb() {
        let document = Document::of("Police fired tear gas as protesters tried to march on parliament.");
        let syntax = mended(&document);
        let at = |word: &str| (0..syntax.words.len()).find(|t| document.word(*t) == word);
        let march = &syntax.words[at("march").unwrap()];
        assert_eq!((march.head, march.deprel, march.upos), (at("tried"), Deprel::Xcomp, Upos::Verb));
    }

    #[test]
    fn what_stands_behind_its_verb_without_a_preposition_is_its_object() {
        for (text, verb, object) in [
            ("Police raided her home in Nairobi on Monday.", "raided", "home"),
            (
                "The quake struck on Saturday, killing 47 people and injuring more than 200, officials said.",
                "injuring",
                "200",
            ),
        ] {
            let document = Document::of(text);
            let syntax = mended(&document);
            let at = |word: &str| (0..syntax.words.len()).find(|t| document.word(*t) == word);
            let found = &syntax.words[at(object).unwrap()];
            assert_eq!((found.head, found.deprel), (at(verb), Deprel::Obj), "{text}");
        }
        assert_eq!(subject("He drove her home on Monday.", "drove").as_deref(), Some("He"));
    }

    #[test]
    fn aid_before_agencies_is_no_verb() {
        let document = Document::of("The government sent helicopters and appealed to aid agencies for tents.");
        let syntax = mended(&document);
        let at = |word: &str| (0..syntax.words.len()).find(|t| document.word(*t) == word);
        assert_eq!(syntax.words[at("agencies").unwrap()].head, at("appealed"));
        assert_eq!(syntax.words[at("aid").unwrap()].upos, Upos::Noun);
    }

    #[test]
    fn a_crossing_with_a_name_is_a_noun() {
        let document = Document::of("Pakistan said it would open the Ghulam Khan crossing for the injured.");
        let syntax = mended(&document);
        let at = |word: &str| (0..syntax.words.len()).find(|t| document.word(*t) == word);
        let crossing = &syntax.words[at("crossing").unwrap()];
        assert_eq!((crossing.head, crossing.deprel, crossing.upos), (at("open"), Deprel::Obj, Upos::Noun));
    }

    #[test]
    fn a_source_at_the_end_is_that_of_the_sentence() {
        let text = "At least 22 people have been killed since the demonstrations began on June 18, according to the Commission.";
        let document = Document::of(text);
        let syntax = mended(&document);
        let at = |word: &str| (0..syntax.words.len()).find(|t| document.word(*t) == word);
        assert_eq!(syntax.words[at("Commission").unwrap()].head, at("killed"));
    }

    #[test]
    fn who_threatens_is_not_threatened() {
        let document = Document::of("Unions said they had not been consulted and threatened to strike.");
        let syntax = mended(&document);
        let verb = (0..syntax.words.len()).find(|t| document.word(*t) == "threatened").unwrap();
        assert_eq!(syntax.words[verb].xpos, "VBD");
    }

    #[test]
    fn whoever_is_right_stays_right() {
        assert_eq!(subject("\"We are ready,\" said the minister.", "said").as_deref(), Some("minister"));
        assert_eq!(subject("A man accused of fraud hanged himself on Friday.", "hanged").as_deref(), Some("man"));
        assert_eq!(subject("Police arrested the men and the women on Monday.", "arrested").as_deref(), Some("Police"));
    }
}
