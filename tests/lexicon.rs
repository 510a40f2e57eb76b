//! A folder given with --data overrides the built-in rules, and every mistake in it is told by file, line and fix.

use dateline::extract::times::find_times;
use dateline::lexicon::{Data, TimeRules};
use dateline::text::Document;

/// Loads the built-in rules with one more file, whose rules begin behind the header at line 3.
fn load(rules: &str) -> Result<TimeRules, String> {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join("time")).expect("a folder");
    std::fs::write(dir.path().join("time/mine.toml"), format!("group = \"mine\"\n\n{rules}")).expect("a file");
    let root = dir.path().display().to_string();
    TimeRules::load(&Data::Folder(dir.path().to_owned())).map_err(|e| e.to_string().replace(&root, "DIR"))
}

fn mistake(rules: &str) -> String {
    load(rules).map_or_else(|e| e, |_| "no mistake was found".into())
}

const GOOD: &str = r#"[[rule]]
name = "bloomsday"
pattern = "bloomsday"
value = "MonthDay(6, 16)"
example = [{ text = "They walk on Bloomsday.", span = "Bloomsday", value = "XXXX-06-16" }]
reject = ["They walk in bloom."]
"#;

#[test]
fn a_rule_is_added_without_a_rebuild() {
    let rules = load(GOOD).unwrap();
    let found = find_times(&Document::of("They walked on Bloomsday 1924."), None, None, &rules);
    assert_eq!(found.times[0].value, "XXXX-06-16");
    assert_eq!(found.times[0].rule, "bloomsday");
    // The built-in rules are still there.
    assert_eq!(found.times[1].value, "1924");
}

#[test]
fn a_file_of_the_same_name_replaces_the_built_in_one() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("time")).unwrap();
    std::fs::write(dir.path().join("time/set.toml"), "group = \"set\"\n").unwrap();
    let rules = TimeRules::load(&Data::Folder(dir.path().to_owned())).unwrap();
    assert!(rules.rules().iter().all(|r| r.group != "set"));
    assert!(rules.rules().iter().any(|r| r.group == "absolute"));
}

#[test]
fn a_missing_folder_is_told() {
    let error = TimeRules::load(&Data::Folder("/no/such/folder".into())).unwrap_err().to_string();
    assert!(error.starts_with("/no/such/folder/time: cannot be read"), "{error}");
}

#[test]
fn mistakes_name_file_line_and_fix() {
    assert_eq!(
        mistake(&GOOD.replace("reject = [\"They walk in bloom.\"]\n", "")),
        "DIR/time/mine.toml:3: rule \"bloomsday\" has no reject\n  \
         fix: give at least one example and one reject: a sentence it must understand, and one it must leave alone"
    );
    assert_eq!(
        mistake(&GOOD.replace("rule]]\nname", "rule]]\nprio = 3\nname")).lines().next(),
        Some(
            "DIR/time/mine.toml:4: unknown field `prio`, expected one of `name`, `pattern`, `value`, `makes`, `inner`, \
             `rank`, `after`, `before`, `not-after`, `not-before`, `capital`, `narrative`, `note`, `example`, `reject`"
        )
    );
    let undefined = mistake(&GOOD.replace("\"bloomsday\"\nvalue", "\"bloomsday <yaer>\"\nvalue"));
    assert!(
        undefined.starts_with("DIR/time/mine.toml:5: there is no word list or phrase \"yaer\"\n  fix: define it"),
        "{undefined}"
    );
    let twice = mistake(&format!("{GOOD}\n{GOOD}"));
    assert_eq!(
        twice,
        "DIR/time/mine.toml:10: the rule \"bloomsday\" exists already, at DIR/time/mine.toml:3\n  fix: choose another name"
    );
    assert_eq!(
        mistake(&GOOD.replace("MonthDay(6, 16)", "MonthDay(6)")),
        "DIR/time/mine.toml:6: value of \"bloomsday\": \"MonthDay\" takes (int, int), not (int)\n  \
         fix: see the table of operations in data/README.md"
    );
    assert_eq!(
        mistake(&GOOD.replace("span = \"Bloomsday\"", "span = \"Bloomsdy\"")),
        "DIR/time/mine.toml:7: the span \"Bloomsdy\" is not in the text of the example\n  \
         fix: copy the words of the time expression from the text"
    );
    assert_eq!(
        mistake(&GOOD.replace("pattern = \"bloomsday\"", "makes = \"loop\"\npattern = \"<loop> day\"")),
        "data/time: the phrase \"loop\" can begin with itself, so matching would never end\n  \
         fix: let the rule that begins with the phrase make another phrase"
    );
    assert_eq!(
        mistake(&GOOD.replace("\"bloomsday\"\nvalue", "\"(bloomsday\"\nvalue")),
        "DIR/time/mine.toml:5: pattern of \"bloomsday\": '(' is not closed by ')'\n  fix: mend the pattern"
    );
}
