//! Serves the site of a spec to a browser on the same machine, and reloads its pages when the spec changes.
//!
//! All answers come from memory: the files of the site, help and man pages of the commands, and the page around
//! them, which shows errors in the spec.

mod render;
mod server;

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::diagnostic::Diagnostics;
use crate::read;
use render::Rendered;
use server::{Answer, Request, Server, TEXT};

/// The files of the page around the site.
const PAGE: &[(&str, &str, &str)] = &[
    (
        "",
        "text/html; charset=utf-8",
        include_str!("preview/page.html"),
    ),
    (
        "preview.css",
        "text/css; charset=utf-8",
        include_str!("preview/page.css"),
    ),
    (
        "preview.js",
        "text/javascript; charset=utf-8",
        include_str!("preview/page.js"),
    ),
];

/// What is shown beside a page of the site that is not about a command.
const NO_COMMAND: &str = "This page has no command.\n";

/// How often the files of the spec are read, at most.
const INTERVAL: Duration = Duration::from_millis(200);
/// How long a request for the next version waits. Proxies and browsers may end requests that take longer.
const WAIT: Duration = Duration::from_secs(25);

/// A preview of a spec's documentation.
pub struct Preview {
    spec: PathBuf,
    server: Server,
}

impl fmt::Debug for Preview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Preview")
            .field("spec", &self.spec)
            .field("url", &self.url())
            .finish()
    }
}

/// What is shown, with a number that grows with each change.
struct Shown {
    version: u64,
    rendered: Arc<Rendered>,
}

/// What the watcher and the answers share.
struct State {
    shown: Mutex<Shown>,
    changed: Condvar,
}

impl State {
    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Preview {
    /// Begins to listen on a port of 127.0.0.1. With 0, the system chooses a free port.
    ///
    /// # Errors
    ///
    /// If the port can't be used, for example because another program uses it.
    pub fn new(spec: &Path, port: u16) -> io::Result<Self> {
        Ok(Self {
            spec: spec.to_owned(),
            server: Server::new(port)?,
        })
    }

    /// The URL to open in a browser.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Serves the preview until the process ends.
    pub fn serve(&self) {
        // A change while the spec is rendered is noticed afterwards.
        let seen = digest(&self.spec);
        let state = State {
            shown: Mutex::new(Shown {
                version: first_version(),
                rendered: Arc::new(Rendered::of(&self.spec)),
            }),
            changed: Condvar::new(),
        };
        thread::scope(|scope| {
            scope.spawn(|| self.watch(&state, seen));
            self.server.serve(|request| answer(&state, request));
        });
    }

    /// Renders the spec again whenever its files change. `seen` is their digest when they were rendered.
    fn watch(&self, state: &State, mut seen: u64) {
        loop {
            let start = Instant::now();
            let now = digest(&self.spec);
            // A large spec is read less often.
            thread::sleep(INTERVAL.max(start.elapsed() * 4));
            // An editor may write several files, or one in several steps.
            if now == seen || now != digest(&self.spec) {
                continue;
            }
            seen = now;
            let mut rendered = Rendered::of(&self.spec);
            let mut shown = state.shown();
            // While the spec has errors, the last good site stays.
            if !rendered.is_complete() {
                rendered.keep_from(&shown.rendered);
            }
            shown.version += 1;
            shown.rendered = Arc::new(rendered);
            drop(shown);
            state.changed.notify_all();
        }
    }
}

/// Returns a number that is larger than those of earlier previews, whose pages may still be open.
fn first_version() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(1, |since| since.as_secs())
}

/// Returns a digest of a spec's files, and of the problems with reading them.
fn digest(spec: &Path) -> u64 {
    let mut problems = Diagnostics::default();
    let files = read::read(spec, &mut problems);
    let mut hasher = DefaultHasher::new();
    files.digest_of_all().hash(&mut hasher);
    format!("{problems:?}").hash(&mut hasher);
    hasher.finish()
}

fn answer(state: &State, request: &Request) -> Option<Answer> {
    if let Some((_, kind, body)) = PAGE.iter().find(|(path, ..)| *path == request.path) {
        return Some(Answer {
            kind,
            body: body.as_bytes().into(),
        });
    }
    if request.path == "state" {
        return Some(Answer {
            kind: "application/json",
            body: next(state, request.number("seen").unwrap_or(0))
                .as_bytes()
                .into(),
        });
    }
    let rendered = Arc::clone(&state.shown().rendered);
    let (directory, name) = request.path.split_once('/')?;
    let width = request.number("width").unwrap_or(80).clamp(40, 100) as usize;
    let text = match directory {
        "site" => {
            let body = rendered.file(name)?;
            return Some(Answer {
                kind: kind(name),
                body,
            });
        }
        "help" => rendered.help(name, width),
        "man" => rendered.man(name, width),
        _ => return None,
    };
    // The index of the site is a page too. Browsers would report an answer with the status 404 as an error.
    let no_command = || {
        rendered
            .file(&format!("{name}.html"))
            .map(|_| NO_COMMAND.into())
    };
    let text = text.or_else(no_command)?;
    Some(Answer {
        kind: TEXT,
        body: text.as_bytes().into(),
    })
}

/// Waits for a version that the page has not seen, and returns its number and its errors as JSON.
fn next(state: &State, seen: u64) -> String {
    let end = Instant::now() + WAIT;
    let mut shown = state.shown();
    while shown.version == seen {
        let Some(left) = end.checked_duration_since(Instant::now()) else {
            break;
        };
        shown = match state.changed.wait_timeout(shown, left) {
            Ok((shown, _)) => shown,
            Err(poisoned) => poisoned.into_inner().0,
        };
    }
    let document = serde_json::json!({
        "version": shown.version,
        "report": shown.rendered.report,
        "summary": shown.rendered.summary,
    });
    document.to_string()
}

/// The type of a file of the site.
fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        _ => TEXT,
    }
}
