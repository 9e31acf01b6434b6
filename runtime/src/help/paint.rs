//! Styles as escape codes, and text with a known width.

use clap::builder::Styles;
use clap::builder::styling::Style;

use super::wrap::columns;

/// A style, as the escape codes before and after a string.
pub(super) struct Ink {
    on: String,
    off: &'static str,
}

impl Ink {
    fn of(style: &Style) -> Self {
        let on = style.render().to_string();
        let off = if on.is_empty() { "" } else { "\x1b[0m" };
        Self { on, off }
    }

    /// Adds a string in this style.
    pub(super) fn paint(&self, out: &mut String, text: &str) {
        out.push_str(&self.on);
        out.push_str(text);
        out.push_str(self.off);
    }

    /// Adds a string in this style that may be wrapped later. Spaces have no style, so that a line break
    /// never falls inside a style.
    pub(super) fn paint_words(&self, out: &mut String, text: &str) {
        if self.on.is_empty() {
            out.push_str(text);
            return;
        }
        for (at, word) in text.split(' ').enumerate() {
            if at > 0 {
                out.push(' ');
            }
            if !word.is_empty() {
                self.paint(out, word);
            }
        }
    }
}

/// The styles of help.
pub(super) struct Paint {
    pub(super) header: Ink,
    pub(super) usage: Ink,
    pub(super) literal: Ink,
    pub(super) placeholder: Ink,
    pub(super) context: Ink,
    pub(super) value: Ink,
}

impl Paint {
    /// Creates the escape codes of clap's styles.
    pub(super) fn of(styles: &Styles) -> Self {
        Self {
            header: Ink::of(styles.get_header()),
            usage: Ink::of(styles.get_usage()),
            literal: Ink::of(styles.get_literal()),
            placeholder: Ink::of(styles.get_placeholder()),
            context: Ink::of(styles.get_context()),
            value: Ink::of(styles.get_context_value()),
        }
    }
}

/// A string with escape codes, and its width in columns without them.
#[derive(Default)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) columns: usize,
}

impl Line {
    /// Creates an empty line with enough capacity for most names.
    pub(super) fn with_room() -> Self {
        Self {
            text: String::with_capacity(64),
            columns: 0,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds a string without a style.
    pub(super) fn push(&mut self, text: &str) {
        self.columns += columns(text);
        self.text.push_str(text);
    }

    /// Adds a string in a style.
    pub(super) fn paint(&mut self, ink: &Ink, text: &str) {
        self.columns += columns(text);
        ink.paint(&mut self.text, text);
    }

    /// Adds what a function writes, in a style.
    pub(super) fn paint_with(&mut self, ink: &Ink, write: impl FnOnce(&mut String)) {
        self.text.push_str(&ink.on);
        let start = self.text.len();
        write(&mut self.text);
        self.columns += self.text.get(start..).map_or(0, columns);
        self.text.push_str(ink.off);
    }

    /// Adds a string in a style that may be wrapped later.
    pub(super) fn paint_words(&mut self, ink: &Ink, text: &str) {
        self.columns += columns(text);
        ink.paint_words(&mut self.text, text);
    }
}
