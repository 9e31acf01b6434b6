//! Topics: longer texts with a title, and parts under headings.

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::{Name, Topic};
use crate::source::Spanned;
use crate::spec::Text;
use crate::text::Inlines;

impl Lower<'_> {
    pub(super) fn topics(&mut self, topics: Vec<(Name, Text)>) -> Vec<Topic> {
        let topics = topics.into_iter();
        topics.map(|(name, text)| self.topic(name, &text)).collect()
    }

    fn topic(&mut self, name: Name, text: &Text) -> Topic {
        let body = text.trim_start();
        let (first, mut rest) = body.split_once('\n').unwrap_or((body, ""));
        let title = match first.strip_prefix("# ") {
            Some(title) => {
                let title = Spanned::new(title.trim().to_owned(), text.span);
                Spanned::new(self.inlines(&title), name.span)
            }
            None => {
                // The first line is part of the text.
                rest = body;
                self.problems
                    .error(
                        Code::TopicWithoutTitle,
                        name.span,
                        format!("the topic `{}` has no title", *name),
                    )
                    .help("begin it with a title: `# Where credentials are stored`");
                Spanned::new(Inlines::new(), name.span)
            }
        };
        let mut list = Vec::new();
        for (heading, part) in parts(rest) {
            if heading.is_some() || !part.trim().is_empty() {
                let part = Spanned::new(part, text.span);
                list.push((heading, self.sections_of(Some(part))));
            }
        }
        if list.is_empty() {
            self.problems
                .error(
                    Code::EmptyText,
                    name.span,
                    format!("the topic `{}` has no text", *name),
                )
                .help("add text after the title");
        }
        Topic {
            name,
            title,
            parts: list,
        }
    }
}

/// Splits a string at its second-level headings. The first part has no heading.
fn parts(text: &str) -> Vec<(Option<String>, String)> {
    let mut parts = vec![(None, String::new())];
    let mut in_code = false;
    for line in text.split_inclusive('\n') {
        let fence = line.trim_start();
        in_code ^= fence.starts_with("```") || fence.starts_with("~~~");
        match line.strip_prefix("## ") {
            Some(heading) if !in_code => {
                parts.push((Some(heading.trim().to_owned()), String::new()));
            }
            _ => parts.last_mut().expect("the first part").1.push_str(line),
        }
    }
    parts
}
