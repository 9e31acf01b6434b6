//! Parses a YAML file into a tree.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError};

use super::{Node, Value, syntax};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{FileId, Span, is_unsafe};

/// The largest number of nodes in a file, with aliases expanded. A thousand commands have about 60,000.
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
        /// The span of each key.
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
    /// The anchors that no alias has used so far.
    unused: BTreeMap<usize, Span>,
    nodes: u32,
    root: Option<Rc<Node>>,
}

/// Parses one document. Returns `None` after a syntax error, of which only the first is found.
/// Other errors, such as duplicate keys, are reported and left out of the tree.
pub(crate) fn parse(file: FileId, text: &str, problems: &mut Diagnostics) -> Option<Rc<Node>> {
    let mut options = Options::default();
    // Comments are not needed, and the parser limits how many may be in a row.
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
            .error(Code::UnusedAnchor, span, "unused anchor")
            .help("remove it; if `&` is part of the value, quote the value: '…'");
    }
    let root = builder.root.filter(|root| !root.is_null());
    if root.is_none() {
        problems
            .error(Code::EmptyFile, Span::new(file, 0..0), "the file is empty")
            .help(
                "begin a program with `name: …`, a command with `about: …`, and a set with `options:`",
            );
    }
    root
}

impl Builder<'_> {
    /// Handles one event. `None` ends the parsing.
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
                    format!("unsupported tag `{}`", tag.original()),
                )
                .help("remove the tag; if `!` is part of the value, quote the value: '…'");
        }
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                self.problems
                    .error(Code::SecondDocument, span, "a second document begins here")
                    .help("remove the `---`, or split the file into two files");
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
            // The parser knows the anchor, so its node is still open, and the alias is inside it.
            self.problems
                .error(Code::AliasOfItself, span, "this alias refers to itself")
                .help("write out the value instead");
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

    /// Adds a finished node to its parent. `at` is the span of the node or of its alias.
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
                    format!("the file has more than {MAX_NODES} values, with aliases expanded"),
                )
                .help("move commands to files of their own, and use fewer aliases");
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
                            .error(Code::KeyNotAWord, at, "a key can't be a list or a mapping")
                            .help("quote a key that begins with `[` or `{`: '…'");
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
                                format!("duplicate key `{text}`"),
                            )
                            .label("used again here")
                            .related(*first, "first used here")
                            .help("remove one of the two");
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
                    "lists and mappings are nested too deeply",
                )
                .help("check for a bracket that is not closed; specs only need a few levels");
            return;
        }
        self.problems
            .error(
                Code::NotYaml,
                span,
                format!("invalid YAML: {}", error.info()),
            )
            .help(syntax::help(line, end));
    }
}

/// Reports characters that change how a terminal or an editor shows a string: control characters, and
/// those that reorder text (Unicode TR 36; rustc rejects them too).
pub(crate) fn refuse_control_characters(text: &str, span: Span, problems: &mut Diagnostics) {
    // Almost all texts are ASCII. Without an early exit, the compiler can vectorize the loop.
    let is_plain = |b: u8| (b' '..=b'~').contains(&b) | (b == b'\n');
    if text.bytes().fold(true, |plain, b| plain & is_plain(b)) {
        return;
    }
    if let Some(c) = text.chars().find(|c| is_unsafe(*c)) {
        let code = u32::from(c);
        problems
            .error(
                Code::ControlCharacter,
                span,
                format!("this text contains the control character U+{code:04X}"),
            )
            .help("remove it: it is invisible, but changes how terminals show the text");
    }
}
