//! Commands as a person types them, with what they print. Each file of tests/cli is a story to read; `TRYCMD=overwrite
//! cargo test --test cli` writes what the commands print now, to be reviewed before it is committed. `[..]` stands for any words of
//! a line, `...` for any lines, `? 3` for the exit code, and / also for a backslash.

#[test]
fn commands_do_what_the_stories_tell() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd").case("tests/cli/*.toml");
}
