//! Questions, and the options that answer them.

use crate::program::Place;

/// With JSON, nobody is asked; the message says why, which is not that there is no terminal.
#[test]
fn json_is_not_asked() {
    let place = Place::new();
    for (words, why) in [
        (&["drop"][..], "this is not a terminal"),
        (&["drop", "--json"], "the result is to be JSON"),
    ] {
        let said = place.run_fed(words, "y\n");
        assert_eq!(said.status, 2, "{}", said.err);
        assert!(said.err.contains(why), "{}", said.err);
        assert!(
            said.err.contains("pass --yes to do it without a question"),
            "{}",
            said.err
        );
    }
}

/// A misspelled option does not lead to one that answers a question.
#[test]
fn no_answer_is_suggested() {
    let place = Place::new();
    for wrong in ["--yess", "--ye", "--eys"] {
        let said = place.run(&["drop", wrong]);
        assert_eq!(said.status, 2);
        assert!(!said.err.contains("similar"), "{}", said.err);
        let said = place.run(&["drop", "--json", wrong]);
        assert!(!said.err.contains("suggestion"), "{}", said.err);
    }
    let said = place.run(&["drop", "--jsn"]);
    assert!(
        said.err.contains("a similar argument exists: '--json'"),
        "{}",
        said.err
    );
}
