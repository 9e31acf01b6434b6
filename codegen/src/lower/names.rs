//! The names of options.

use super::Lower;
use crate::diagnostic::Code;
use crate::ir::{Form, Name};
use crate::source::Spanned;
use crate::spec::{self, Text};

impl Lower<'_> {
    /// Determines the names of an option.
    pub(super) fn option_form(&mut self, id: &Name, option: &mut spec::Opt) -> Form {
        if let Some(sigil) = option.sigil.take() {
            return self.sigil(&sigil, option);
        }
        let mut letters = id.chars();
        let letter = match (letters.next(), letters.next()) {
            (Some(letter), None) => Some(Spanned::new(letter, id.span)),
            _ => None,
        };
        let short = option.short.take().and_then(|text| {
            let mut letters = text.trim_start_matches('-').chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) if !text.starts_with('-') => {
                    Some(Spanned::new(letter, text.span))
                }
                (Some(letter), None) => {
                    self.problems
                        .error(
                            Code::NameWithDashes,
                            text.span,
                            "a short name is written without its dash",
                        )
                        .suggest("remove the dash", text.span, letter);
                    None
                }
                _ => {
                    self.problems
                        .error(Code::NotAShortName, text.span, "a short name is one letter")
                        .help("move a longer name to `aliases:`");
                    None
                }
            }
        });
        let long = match (option.long.take(), letter) {
            (Some(long), _) => Some(long),
            (None, Some(_)) => None,
            (None, None) => Some(id.clone()),
        };
        let second =
            |(short, letter): &(&Spanned<char>, &Spanned<char>)| short.value != letter.value;
        if let Some((short, letter)) = short.as_ref().zip(letter.as_ref()).filter(second) {
            self.problems
                .error(
                    Code::SecondShortName,
                    short.span,
                    format!("`-{}` has a second short name", letter.value),
                )
                .help(
                    "remove `short`, because the key is a short name already, or use a longer key",
                );
        }
        // Aliases of one letter are short names.
        let (letters, aliases): (Vec<Text>, Vec<Text>) = std::mem::take(&mut option.aliases.0)
            .into_iter()
            .partition(|alias| alias.chars().count() == 1);
        let letters = letters.iter().filter_map(|alias| {
            let letter = alias.chars().next()?;
            Some(Spanned::new(letter, alias.span))
        });
        let written = match (&long, letter.as_ref().or(short.as_ref())) {
            (Some(long), _) => format!("--{}", **long),
            (None, Some(letter)) => format!("-{}", letter.value),
            (None, None) => format!("--{}", **id),
        };
        let earlier = std::mem::take(&mut option.deprecated_aliases.0);
        let earlier = earlier.into_iter();
        let earlier = earlier.map(|(name, keys)| (name, self.renamed(keys, &written)));
        let deprecated_aliases = earlier.collect();
        Form::Option {
            sigil: None,
            short: letter.or(short),
            deprecated_aliases,
            long,
            aliases,
            short_aliases: letters.collect(),
            hidden_aliases: std::mem::take(&mut option.hidden_aliases.0),
        }
    }

    /// Lowers the sign of an option that is the first argument of the program.
    fn sigil(&mut self, written: &Text, option: &mut spec::Opt) -> Form {
        const SIGNS: &str = "+@%:,^=";
        let mut signs = written.chars();
        let sign = signs.next().filter(|sign| SIGNS.contains(*sign));
        if sign.is_none() || signs.next().is_some() {
            self.problems
                .error(
                    Code::NotAShortName,
                    written.span,
                    format!("`{}` is not a valid sign", **written),
                )
                .help(format!("use one of these signs: {SIGNS}"));
        }
        let texts = [&option.short, &option.long, &option.bare, &option.num_args];
        let lists = [&option.aliases, &option.hidden_aliases].map(|list| list.0.first());
        let flags = [
            option.equals.map(|key| key.span),
            option.placement.map(|key| key.span),
        ];
        let spans = texts
            .into_iter()
            .flatten()
            .chain(lists.into_iter().flatten());
        let mut spans = spans
            .map(|text| text.span)
            .chain(flags.into_iter().flatten());
        let missing = option.value.0.is_empty();
        if let Some(span) = spans.next().or(missing.then_some(written.span)) {
            self.problems
                .error(
                    Code::KeyDoesNotFit,
                    span,
                    "an option with a `sigil` has one value and no other names",
                )
                .help("give it a `value`, and remove keys for names and for optional values");
        }
        Form::Option {
            sigil: sign.map(|sign| Spanned::new(sign, written.span)),
            short: None,
            long: None,
            aliases: Vec::new(),
            short_aliases: Vec::new(),
            hidden_aliases: Vec::new(),
            deprecated_aliases: Vec::new(),
        }
    }
}
