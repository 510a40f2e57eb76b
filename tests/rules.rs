//! Every example and every reject under `data/` is one named test.
//!
//! An example must give exactly the expression it names; a reject must not be touched by its rule. Another kind of rules
//! joins by pushing its own trials in `main`.

use dateline::extract::times::{Times, find_times};
use dateline::lexicon::{Data, TimeExample, TimeRule, TimeRules};
use dateline::model::{Published, PublishedBasis};
use dateline::text::Document;
use libtest_mimic::{Arguments, Failed, Trial};
use std::sync::Arc;

fn main() {
    let args = Arguments::from_args();
    let mut trials = Vec::new();
    time_rules(&mut trials);
    libtest_mimic::run(&args, trials).exit();
}

fn time_rules(trials: &mut Vec<Trial>) {
    let rules = match TimeRules::load(&Data::BuiltIn) {
        Ok(rules) => Arc::new(rules),
        Err(error) => {
            trials.push(Trial::test("data/time loads", move || Err(Failed::from(error.to_string()))));
            return;
        }
    };
    for (number, rule) in rules.rules().iter().enumerate() {
        for (what, list) in [("example", &rule.examples), ("reject", &rule.rejects)] {
            for (i, example) in list.iter().enumerate() {
                let name = format!("{}:{} {} {what} {}", rule.file, example.line, rule.name, i + 1);
                let (rules, example) = (Arc::clone(&rules), example.clone());
                trials.push(Trial::test(name, move || {
                    let rule = &rules.rules()[number];
                    if what == "example" { understands(&rules, rule, &example) } else { leaves(&rules, rule, &example) }
                }));
            }
        }
    }
}

fn find(rules: &TimeRules, example: &TimeExample) -> Times {
    let published = example
        .dct
        .as_ref()
        .map(|d| Published { day: d.parse().unwrap_or_else(|e| panic!("dct: {e}")), basis: PublishedBasis::Given });
    find_times(&Document::of(&example.text), None, published, rules)
}

fn show(text: &str, found: &Times) -> String {
    let one = |t: &dateline::model::Timex| {
        let modifier = t.modifier.map_or(String::new(), |m| format!(" mod {m}"));
        let edtf = t.edtf.as_ref().map_or(String::new(), |e| format!(" edtf {e}"));
        format!("\"{}\" {} {}{modifier}{edtf} by {}", t.span.of(text), t.kind, t.value, t.rule)
    };
    let all: Vec<String> = found.times.iter().map(one).collect();
    if all.is_empty() { "nothing".into() } else { all.join("; ") }
}

fn understands(rules: &TimeRules, rule: &TimeRule, example: &TimeExample) -> Result<(), Failed> {
    let found = find(rules, example);
    let start = example.text.find(&example.span).unwrap_or(0);
    let end = start + example.span.len();
    let good = if example.value == "none" {
        !found.times.iter().any(|t| (t.span.start as usize) < end && start < t.span.end as usize)
    } else {
        found.times.iter().any(|t| {
            t.span.of(&example.text) == example.span
                && t.value == example.value
                && example.kind.as_ref().is_none_or(|k| t.kind.as_str() == k)
                && example.modifier.as_ref().is_none_or(|m| t.modifier.is_some_and(|x| x.as_str() == m))
                && example.edtf.as_ref().is_none_or(|e| t.edtf.as_ref() == Some(e))
        })
    };
    if good {
        return Ok(());
    }
    Err(format!(
        "{}:{}\n  text:     {}\n  expected: \"{}\" {}{}{}\n  got:      {}",
        rule.file,
        example.line,
        example.text,
        example.span,
        example.value,
        example.modifier.as_ref().map_or(String::new(), |m| format!(" mod {m}")),
        example.edtf.as_ref().map_or(String::new(), |e| format!(" edtf {e}")),
        show(&example.text, &found)
    )
    .into())
}

fn leaves(rules: &TimeRules, rule: &TimeRule, example: &TimeExample) -> Result<(), Failed> {
    let found = find(rules, example);
    if found.times.iter().all(|t| t.rule != rule.name) {
        return Ok(());
    }
    Err(format!(
        "{}:{}\n  text:     {}\n  expected: nothing by {}\n  got:      {}",
        rule.file,
        example.line,
        example.text,
        rule.name,
        show(&example.text, &found)
    )
    .into())
}
