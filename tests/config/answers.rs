//! Tests questions, and the options that answer them.

use super::program::Sandbox;

/// With `--json`, the program doesn't ask a question, and the message gives JSON output as the reason.
#[test]
fn no_question_is_asked_with_json() {
    let sandbox = Sandbox::new();
    for (words, why) in [
        (&["drop"][..], "is not a terminal"),
        (&["drop", "--json"], "JSON output was requested"),
        (&["drop", "--pretty-json"], "JSON output was requested"),
    ] {
        let run = sandbox.run_fed(words, "y\n");
        assert_eq!(run.status, 2, "{}", run.err);
        assert!(run.err.contains(why), "{}", run.err);
        assert!(
            run.err
                .contains("pass `--yes` to continue without confirmation"),
            "{}",
            run.err
        );
    }
}

/// For a misspelled option, an option that answers a question is never suggested.
#[test]
fn answering_options_are_not_suggested() {
    let sandbox = Sandbox::new();
    for wrong in ["--yess", "--ye", "--eys"] {
        let run = sandbox.run(&["drop", wrong]);
        assert_eq!(run.status, 2);
        assert!(!run.err.contains("similar"), "{}", run.err);
        let run = sandbox.run(&["drop", "--json", wrong]);
        assert!(!run.err.contains("suggestion"), "{}", run.err);
    }
    let run = sandbox.run(&["drop", "--jsn"]);
    assert!(
        run.err.contains("a similar argument exists: '--json'"),
        "{}",
        run.err
    );
}
