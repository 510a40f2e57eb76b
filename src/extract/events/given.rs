use super::Clauses;
use super::frame::verb_frame;
use super::nominal::noun_frame;
use super::rule;
use super::trigger::Trigger;
use super::typing::{self, Opinion};
use crate::language::Upos;
use crate::model::Span;

/// The triggers at spans that somebody else found, one for each span, in their order; `None` where there is no word.
/// Where the rules see a trigger too it is theirs with the given words; anywhere else it is the head of the words with
/// the arguments that the grammar of its clause gives it, and no type.
pub fn find(clauses: &Clauses<'_>, found: &[Trigger], spans: &[Span]) -> Vec<Option<Trigger>> {
    let tree = clauses.tree;
    let at = |span: &Span| {
        let tokens = tree.document.tokens_in(*span);
        if tokens.is_empty() {
            return None;
        }
        let own = found.iter().find(|t| tokens.contains(&t.token) && t.token == tree.head_of_range(tokens.clone()));
        if let Some(own) = own {
            return Some(Trigger { span: *span, ..own.clone() });
        }
        let token = tree.head_of_range(tokens);
        let verb = tree.pos(token) == Upos::Verb;
        let words = &clauses.lexicon.words;
        let frame = if verb { verb_frame(tree, words, token) } else { noun_frame(tree, words, token) };
        let lemma = tree.lemma(token).to_lowercase();
        let rule = rule::rule_of(clauses, token, &frame);
        let trigger =
            Trigger { token, span: *span, lemma, rule, frame, verb, support: None, opinion: Opinion::default() };
        Some(Trigger { opinion: typing::read(clauses, &trigger), ..trigger })
    };
    spans.iter().map(at).collect()
}
