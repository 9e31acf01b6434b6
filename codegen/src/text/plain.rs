//! Texts without any Markdown.

/// Whether text is certainly a paragraph of a single line, in which Markdown changes nothing.
pub(super) fn is_plain(text: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b" ,.;:'\"()/?!%@=+-^".contains(&byte);
    // At its beginning, a sign or a number could begin a list.
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && text.bytes().all(good)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Block, Inline, markdown};
    use super::is_plain;
    use crate::diagnostic::Diagnostics;
    use crate::source::{Sources, Span, Spanned};

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4096) })]

        /// The parser reads a plain text as itself.
        #[test]
        fn plain_texts_contain_no_markdown(text in "[a-zA-Z]([ -~]|https://|--|  ){0,12}") {
            if is_plain(&text) {
                let mut sources = Sources::default();
                let file = sources.add("text".as_ref(), text.clone());
                let spanned = Spanned::new(text.clone(), Span::new(file, 0..text.len()));
                let mut problems = Diagnostics::default();
                let blocks = markdown::parse_all(&spanned, false, &sources, &mut problems);
                let [Block::Paragraph(inlines)] = &blocks[..] else { panic!("{blocks:?}") };
                prop_assert_eq!(&inlines[..], &[Inline::Text(text)]);
                prop_assert_eq!(problems.len(), 0);
            }
        }
    }
}
