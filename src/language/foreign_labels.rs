//! Tags and relations of other programs, read as ours.

use std::str::FromStr;

use super::model::XPOS;
use super::{Deprel, Upos};

/// Relations of older schemes that have another name now.
const RENAMED: &[(&str, Deprel)] = &[
    ("dobj", Deprel::Obj),
    ("nsubjpass", Deprel::NsubjPass),
    ("csubjpass", Deprel::CsubjPass),
    ("auxpass", Deprel::AuxPass),
    ("neg", Deprel::Advmod),
    ("poss", Deprel::NmodPoss),
    ("possessive", Deprel::Case),
    ("relcl", Deprel::AclRelcl),
    ("rcmod", Deprel::AclRelcl),
    ("prt", Deprel::CompoundPrt),
    ("nn", Deprel::Compound),
    ("mwe", Deprel::Fixed),
    ("name", Deprel::Flat),
    ("dative", Deprel::Iobj),
    ("npadvmod", Deprel::OblUnmarked),
    ("obl:npmod", Deprel::OblUnmarked),
    ("obl:tmod", Deprel::OblUnmarked),
    ("nmod:npmod", Deprel::NmodUnmarked),
    ("nmod:tmod", Deprel::NmodUnmarked),
    ("num", Deprel::Nummod),
    ("predet", Deprel::DetPredet),
    ("preconj", Deprel::CcPreconj),
    ("intj", Deprel::Discourse),
];

/// The relation, and whether the name is one of Universal Dependencies or a known older one: else it is the one before
/// the colon, else `dep`. A subtype that is not known is no reason for a remark.
pub fn deprel(name: &str) -> (Deprel, bool) {
    let lower = name.to_ascii_lowercase();
    if let Ok(known) = Deprel::from_str(&lower) {
        return (known, true);
    }
    if let Some((_, known)) = RENAMED.iter().find(|(old, _)| *old == lower) {
        return (*known, true);
    }
    match Deprel::from_str(lower.split(':').next().unwrap_or_default()) {
        Ok(base) => (base, true),
        Err(_) => (Deprel::Dep, false),
    }
}

/// The universal tag, and whether it was known; without one, that of the Penn tag. `None` if there is neither.
pub fn upos(upos: Option<&str>, xpos: Option<&str>) -> Option<(Upos, bool)> {
    match upos {
        Some(tag) => Some(match (Upos::from_str(tag), tag) {
            (Ok(known), _) => (known, true),
            (Err(_), "CONJ") => (Upos::Cconj, true),
            (Err(_), "SPACE") => (Upos::Punct, true),
            (Err(_), _) => (Upos::X, false),
        }),
        None => of_penn(xpos?).map(|tag| (tag, true)),
    }
}

fn of_penn(xpos: &str) -> Option<Upos> {
    Some(match xpos {
        "NN" | "NNS" => Upos::Noun,
        "NNP" | "NNPS" => Upos::Propn,
        "VB" | "VBD" | "VBG" | "VBN" | "VBP" | "VBZ" => Upos::Verb,
        "MD" => Upos::Aux,
        "JJ" | "JJR" | "JJS" | "AFX" => Upos::Adj,
        "RB" | "RBR" | "RBS" | "WRB" => Upos::Adv,
        "DT" | "PDT" | "WDT" => Upos::Det,
        "PRP" | "PRP$" | "WP" | "WP$" | "EX" => Upos::Pron,
        "IN" => Upos::Adp,
        "CC" => Upos::Cconj,
        "CD" => Upos::Num,
        "TO" | "POS" => Upos::Part,
        "RP" => Upos::Adp,
        "UH" => Upos::Intj,
        "$" | "#" | "SYM" => Upos::Sym,
        "''" | "``" | "," | "." | ":" | "-LRB-" | "-RRB-" | "HYPH" | "NFP" => Upos::Punct,
        tag if XPOS.contains(&tag) => Upos::X,
        _ => return None,
    })
}

/// The Penn tag: the given one if it is one, else what the universal tag, the features and the word say.
pub fn xpos(given: Option<&str>, upos: Upos, feats: &str, form: &str) -> &'static str {
    if let Some(known) = given.and_then(|tag| XPOS.iter().find(|known| **known == tag)).filter(|tag| **tag != "_") {
        return known;
    }
    let has = |feature: &str| feats.split('|').any(|f| f == feature);
    let any = |features: &[&str]| features.iter().any(|f| has(f));
    let lower = form.to_lowercase();
    match upos {
        Upos::Noun if has("Number=Plur") => "NNS",
        Upos::Noun => "NN",
        Upos::Propn if has("Number=Plur") => "NNPS",
        Upos::Propn => "NNP",
        Upos::Aux if is_modal(&lower) => "MD",
        Upos::Verb | Upos::Aux => verb(&any, &lower),
        Upos::Adj if has("Degree=Cmp") => "JJR",
        Upos::Adj if has("Degree=Sup") => "JJS",
        Upos::Adj => "JJ",
        Upos::Adv if has("Degree=Cmp") => "RBR",
        Upos::Adv if has("Degree=Sup") => "RBS",
        Upos::Adv if matches!(&*lower, "when" | "where" | "why" | "how") => "WRB",
        Upos::Adv => "RB",
        Upos::Pron | Upos::Det if has("Poss=Yes") && any(&["PronType=Rel", "PronType=Int"]) => "WP$",
        Upos::Pron | Upos::Det if has("Poss=Yes") => "PRP$",
        Upos::Pron if matches!(&*lower, "who" | "whom" | "what") => "WP",
        Upos::Pron if matches!(&*lower, "which" | "that") => "WDT",
        Upos::Pron if matches!(&*lower, "this" | "these" | "those") => "DT",
        Upos::Pron if &*lower == "there" => "EX",
        Upos::Pron => "PRP",
        Upos::Det if matches!(&*lower, "which" | "what") => "WDT",
        Upos::Det => "DT",
        Upos::Adp | Upos::Sconj => "IN",
        Upos::Cconj => "CC",
        Upos::Num => "CD",
        Upos::Part if &*lower == "to" => "TO",
        Upos::Part if matches!(&*lower, "'s" | "’s" | "'" | "’") => "POS",
        Upos::Part => "RB",
        Upos::Intj => "UH",
        Upos::Sym if lower.contains('$') => "$",
        Upos::Sym => "SYM",
        Upos::X => "FW",
        Upos::Punct => mark(&lower),
    }
}

fn is_modal(word: &str) -> bool {
    let modals =
        ["can", "could", "may", "might", "must", "shall", "should", "will", "would", "ca", "wo", "'ll", "’ll", "'d"];
    modals.contains(&word)
}

fn verb(any: &dyn Fn(&[&str]) -> bool, word: &str) -> &'static str {
    if any(&["VerbForm=Ger"]) {
        return "VBG";
    }
    if any(&["VerbForm=Inf", "Mood=Imp"]) {
        return "VB";
    }
    if any(&["VerbForm=Part"]) {
        return if any(&["Tense=Pres", "Aspect=Prog"]) { "VBG" } else { "VBN" };
    }
    if any(&["Tense=Past"]) {
        return "VBD";
    }
    if any(&["Tense=Pres", "VerbForm=Fin"]) {
        return if any(&["Person=3"]) && !any(&["Number=Plur"]) { "VBZ" } else { "VBP" };
    }
    match word {
        "is" | "has" | "does" | "'s" | "’s" => "VBZ",
        "was" | "were" | "had" | "did" => "VBD",
        "been" => "VBN",
        word if word.ends_with("ing") => "VBG",
        word if word.ends_with("ed") => "VBD",
        word if word.ends_with('s') => "VBZ",
        _ => "VB",
    }
}

fn mark(word: &str) -> &'static str {
    match word {
        "," => ",",
        "." | "!" | "?" | "…" => ".",
        ":" | ";" | "-" | "--" | "–" | "—" | "..." => ":",
        "(" | "[" | "{" => "-LRB-",
        ")" | "]" | "}" => "-RRB-",
        "“" | "‘" | "``" | "`" => "``",
        "\"" | "”" | "’" | "''" | "'" => "''",
        _ => "NFP",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_fall_back_to_their_base() {
        assert_eq!(deprel("obl:tmod"), (Deprel::OblUnmarked, true));
        assert_eq!(deprel("advcl:purpose"), (Deprel::Advcl, true));
        assert_eq!(deprel("dobj"), (Deprel::Obj, true));
        assert_eq!(deprel("pobj"), (Deprel::Dep, false));
    }

    #[test]
    fn penn_tags_are_made_of_universal_ones() {
        assert_eq!(xpos(None, Upos::Verb, "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "says"), "VBZ");
        assert_eq!(xpos(None, Upos::Verb, "Tense=Past|VerbForm=Part|Voice=Pass", "killed"), "VBN");
        assert_eq!(xpos(None, Upos::Aux, "_", "will"), "MD");
        assert_eq!(xpos(Some("VBD"), Upos::Verb, "_", "said"), "VBD");
        assert_eq!(xpos(Some("V-PAST"), Upos::Verb, "Tense=Past", "said"), "VBD");
        assert_eq!(upos(None, Some("NNP")), Some((Upos::Propn, true)));
        assert_eq!(upos(None, Some("??")), None);
    }
}
