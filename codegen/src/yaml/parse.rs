//! From a YAML text to a tree.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError};

use super::{Node, Value, syntax};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{FileId, Span, is_obeyed};

/// Nodes that one file may stand for, with aliases followed. A thousand commands have about 60,000.
const MAX_NODES: u32 = 500_000;

/// A list or mapping that is not closed yet.
struct Open {
    span: Span,
    anchor: usize,
    kind: Kind,
    weight: u32,
}

enum Kind {
    List(Vec<Rc<Node>>),
    Map {
        entries: Vec<(Node, Rc<Node>)>,
        /// Where each key was first written.
        seen: HashMap<String, Span>,
        key: Option<Node>,
    },
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    problems: &'a mut Diagnostics,
    open: Vec<Open>,
    anchors: HashMap<usize, Rc<Node>>,
    /// Anchors that no alias has named so far.
    unused: BTreeMap<usize, Span>,
    nodes: u32,
    root: Option<Rc<Node>>,
}

/// Reads one document. Errors in its syntax, of which only the first can be found, give no tree;
/// duplicate keys and the like are reported, and the tree is whole without them.
pub(crate) fn parse(file: FileId, text: &str, problems: &mut Diagnostics) -> Option<Rc<Node>> {
    let mut options = Options::default();
    // Comments are not needed, and the parser bounds how many may follow each other.
    options.set_emit_comments(false);
    let mut builder = Builder {
        file,
        text,
        problems,
        open: Vec::new(),
        anchors: HashMap::new(),
        unused: BTreeMap::new(),
        nodes: 0,
        root: None,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => {
                let place = |range| Span::new(file, range);
                let tag = span
                    .tag_span()
                    .and_then(|span| span.byte_range())
                    .map(place);
                let span = place(span.byte_range().unwrap_or(0..0));
                builder.event(event, span, tag)?;
            }
            Err(error) => {
                builder.syntax_error(&error);
                return None;
            }
        }
    }
    for span in builder.unused.into_values() {
        builder
            .problems
            .error(Code::UnusedAnchor, span, "nothing uses the anchor here")
            .help("a text that begins with `&` needs quotes: '…'");
    }
    let root = builder.root.filter(|root| !root.is_null());
    if root.is_none() {
        problems
            .error(Code::EmptyFile, Span::new(file, 0..0), "the file is empty")
            .help(
                "a program begins with `name: …`, a command with `about: …`, a set with `options:`",
            );
    }
    root
}

impl Builder<'_> {
    /// Takes one event; `None` ends the reading.
    fn event(&mut self, event: Event<'_>, span: Span, tag_span: Option<Span>) -> Option<()> {
        let tag = match &event {
            Event::Scalar(_, _, _, tag)
            | Event::SequenceStart(_, _, tag)
            | Event::MappingStart(_, _, tag) => tag.as_ref(),
            _ => None,
        };
        if let Some(tag) = tag {
            self.problems
                .error(
                    Code::TagWithoutMeaning,
                    tag_span.unwrap_or(span),
                    format!("the tag `{}` has no meaning here", tag.original()),
                )
                .help("specs have no tags: remove it, or quote the text if `!` belongs to it: '…'");
        }
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                self.problems
                    .error(Code::SecondDocument, span, "a second document begins here")
                    .help("one file describes one thing: remove the `---`, or make two files");
                None
            }
            Event::Scalar(text, style, anchor, _) => {
                let value = Value::Scalar {
                    text: text.into_owned(),
                    plain: style == ScalarStyle::Plain,
                };
                if let Value::Scalar { text, .. } = &value {
                    refuse_control_characters(text, span, self.problems);
                }
                self.add(value, span, anchor, 1)
            }
            Event::SequenceStart(_, anchor, _) => self.open(Kind::List(Vec::new()), span, anchor),
            Event::MappingStart(_, anchor, _) => {
                let kind = Kind::Map {
                    entries: Vec::new(),
                    seen: HashMap::new(),
                    key: None,
                };
                self.open(kind, span, anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Some(()),
        }
    }

    fn open(&mut self, kind: Kind, span: Span, anchor: usize) -> Option<()> {
        self.open.push(Open {
            span,
            anchor,
            kind,
            weight: 1,
        });
        Some(())
    }

    fn close(&mut self, end: Span) -> Option<()> {
        let open = self.open.pop()?;
        let mut span = open.span;
        span.end = end.end.max(span.start);
        let value = match open.kind {
            Kind::List(items) => Value::List(items),
            Kind::Map { entries, .. } => Value::Map(entries),
        };
        self.add(value, span, open.anchor, open.weight)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Option<()> {
        let Some(node) = self.anchors.get(&anchor).cloned() else {
            // The parser knows the anchor, so the node that it names is still open.
            self.problems
                .error(Code::AliasOfItself, span, "this alias stands for itself")
                .help("write out what it stands for");
            return None;
        };
        self.unused.remove(&anchor);
        self.attach(node, span)
    }

    fn add(&mut self, value: Value, span: Span, anchor: usize, weight: u32) -> Option<()> {
        let node = Rc::new(Node {
            span,
            value,
            weight,
        });
        if anchor != 0 {
            self.anchors.insert(anchor, Rc::clone(&node));
            self.unused.insert(anchor, span);
        }
        self.attach(node, span)
    }

    /// Puts a finished node where it belongs; `at` is where it, or its alias, is written.
    fn attach(&mut self, node: Rc<Node>, at: Span) -> Option<()> {
        self.nodes = self.nodes.saturating_add(1);
        let weight = node.weight;
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Some(());
        };
        parent.weight = parent.weight.saturating_add(weight);
        if parent.weight > MAX_NODES || self.nodes > MAX_NODES {
            self.problems
                .error(
                    Code::TooLarge,
                    at,
                    format!("the file stands for more than {MAX_NODES} values"),
                )
                .help("describe each command in a file of its own, and use few aliases");
            return None;
        }
        match &mut parent.kind {
            Kind::List(items) => items.push(node),
            Kind::Map { entries, seen, key } => match key.take() {
                None => match node.text() {
                    Some(text) => {
                        let text = text.to_owned();
                        *key = Some(Node {
                            span: at,
                            value: Value::Scalar { text, plain: false },
                            weight: 1,
                        });
                    }
                    None => {
                        self.problems
                            .error(
                                Code::KeyNotAWord,
                                at,
                                "a key must be a word, not a list or a mapping",
                            )
                            .help("a text that begins with `[` or `{` needs quotes: '…'");
                        return None;
                    }
                },
                Some(key) => {
                    let text = key.text().unwrap_or_default().to_owned();
                    if let Some(first) = seen.get(&text) {
                        self.problems
                            .error(
                                Code::DuplicateKey,
                                key.span,
                                format!("`{text}` is given twice"),
                            )
                            .label("again here")
                            .related(*first, "first here")
                            .help("keep one of the two");
                    } else {
                        seen.insert(text, key.span);
                        entries.push((key, node));
                    }
                }
            },
        }
        Some(())
    }

    fn syntax_error(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0);
        let end = self.text.get(at..).and_then(|rest| rest.chars().next());
        let span = Span::new(self.file, at..at + end.map_or(0, char::len_utf8));
        let line = syntax::line_of(self.text, at);
        if error.info().contains("recursion limit") {
            self.problems
                .error(
                    Code::TooDeep,
                    span,
                    "lists and mappings are nested too deep here",
                )
                .help("no spec needs more than a few levels; is a bracket not closed?");
            return;
        }
        self.problems
            .error(
                Code::NotYaml,
                span,
                format!("this is not YAML: {}", error.info()),
            )
            .help(syntax::help(line, end));
    }
}

/// Refuses what no text of a spec needs and what a terminal, a source file or a page would obey:
/// control characters, and those that reorder text (Unicode TR 36; rustc refuses them).
pub(crate) fn refuse_control_characters(text: &str, span: Span, problems: &mut Diagnostics) {
    if let Some(c) = text.chars().find(|c| is_obeyed(*c)) {
        let code = u32::from(c);
        problems
            .error(
                Code::ControlCharacter,
                span,
                format!("this text holds the control character U+{code:04X}"),
            )
            .help("remove it: it would not be shown but obeyed");
    }
}
