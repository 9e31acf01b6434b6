//! Tests the schemas with yaml-language-server, which most editors use for YAML, on files that name
//! their schema.

use std::fs;

use clapspec::schema::{self, File};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support;
use crate::support::lsp::Server;

/// The npm package of the server.
const SERVER: &str = "yaml-language-server";

/// An editor for files in a directory that also has the schemas.
struct Editor {
    directory: TempDir,
    server: Server,
    opened: usize,
}

impl Editor {
    /// Starts the server. `None` if it is not installed.
    fn start() -> Option<Self> {
        let mut command = support::node(SERVER)?;
        let directory = tempfile::tempdir().expect("a directory");
        for &file in File::ALL {
            let path = directory.path().join(format!("{}.json", file.name()));
            fs::write(path, schema::json(file)).expect("written");
        }
        let program = support::node_modules()
            .join(SERVER)
            .join("bin")
            .join(SERVER);
        command.arg(program).arg("--stdio").current_dir(&directory);
        // The schema store is off, so that nothing is downloaded.
        let settings = json!({
            "yaml": {
                "validate": true,
                "hover": true,
                "completion": true,
                "schemaStore": { "enable": false },
            },
        });
        let root = format!("file://{}", directory.path().display());
        let server = Server::start(&mut command, &root, settings);
        Some(Self {
            directory,
            server,
            opened: 0,
        })
    }

    /// Opens a file, and returns its address.
    fn open(&mut self, kind: File, text: &str) -> String {
        let name = kind.name();
        self.opened += 1;
        let path = self.directory.path().join(format!("{}.yaml", self.opened));
        let text = format!("# yaml-language-server: $schema={name}.json\n{text}");
        fs::write(&path, &text).expect("written");
        let uri = format!("file://{}", path.display());
        self.server.open(&uri, &text);
        uri
    }

    /// Opens a file, and returns the errors in it.
    fn errors(&mut self, kind: File, text: &str) -> Vec<Value> {
        let uri = self.open(kind, text);
        self.server.diagnostics(&uri)
    }
}

/// The documentation of a key or value in a list of completions.
fn documentation<'a>(items: &'a [Value], label: &str) -> &'a str {
    let item = items.iter().find(|item| item["label"] == label);
    let item = item.unwrap_or_else(|| panic!("no `{label}` in {items:#?}"));
    let text = &item["documentation"];
    text.as_str().or(text["value"].as_str()).unwrap_or_default()
}

/// The lines with errors, counted from 0, and the messages.
fn lines(errors: &[Value]) -> Vec<(u64, &str)> {
    let line = |error: &Value| error["range"]["start"]["line"].as_u64().expect("a line");
    errors
        .iter()
        .map(|error| (line(error), error["message"].as_str().expect("a message")))
        .collect()
}

#[test]
fn completion_offers_keys_and_values() {
    let Some(mut editor) = Editor::start() else {
        return;
    };
    let uri = editor.open(
        File::Program,
        "name: tool\nabout: Convert files\noptions:\n  json:\n    help: Print JSON\n    con\neffect: \n",
    );
    let keys = editor.server.completion(&uri, 6, 7);
    let text = documentation(&keys, "conflicts");
    assert_eq!(
        text,
        "Options and arguments that can't be used together with it."
    );
    assert!(
        !keys.iter().any(|item| item["label"] == "about"),
        "an option has no `about`"
    );
    let words = editor.server.completion(&uri, 7, 8);
    assert_eq!(documentation(&words, "read"), "It only reads.");
    assert_eq!(words.len(), 3, "{words:#?}");
}

#[test]
fn hover_shows_the_description() {
    let Some(mut editor) = Editor::start() else {
        return;
    };
    let uri = editor.open(
        File::Set,
        "options:\n  json: { help: Print JSON, conflicts: yaml }\n  yaml: { help: Print YAML }\n",
    );
    assert_eq!(lines(&editor.server.diagnostics(&uri)), []);
    let text = editor.server.hover(&uri, 2, 32);
    assert!(
        text.contains("Options and arguments that can't be used together with it."),
        "{text}"
    );
}

#[test]
fn errors_are_reported_at_their_line() {
    let Some(mut editor) = Editor::start() else {
        return;
    };
    let errors = editor.errors(
        File::Command,
        "about: Print it\noptions:\n  json:\n    help: Print JSON\n    confilcts: yaml\n  yaml:\n    help: Print YAML\n",
    );
    match lines(&errors)[..] {
        [(5, message)] => assert!(message.contains("confilcts"), "{message}"),
        _ => panic!("{errors:#?}"),
    }
    let errors = editor.errors(
        File::Command,
        "about: Print it\neffect: nothing\noptions:\n  json: { short: j }\n",
    );
    match lines(&errors)[..] {
        [(2, word), (4, missing)] => {
            assert!(word.contains("read"), "{word}");
            assert!(missing.contains("help"), "{missing}");
        }
        _ => panic!("{errors:#?}"),
    }
}

/// The specs of this repository have no errors in an editor.
#[test]
fn specs_of_the_repository_have_no_errors() {
    let Some(mut editor) = Editor::start() else {
        return;
    };
    // The server takes its time before it reads a file, so all are opened first.
    let mut opened = Vec::new();
    for (_, spec) in support::specs() {
        for (path, kind) in support::schema::files(&spec) {
            let text = fs::read_to_string(&path).expect("a file");
            opened.push((editor.open(kind, &text), path));
        }
    }
    for (uri, path) in &opened {
        let errors = editor.server.diagnostics(uri);
        assert_eq!(lines(&errors), [], "{}", path.display());
    }
    assert!(opened.len() > 20, "only {} files", opened.len());
}
