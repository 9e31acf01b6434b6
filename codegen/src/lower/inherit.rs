//! Inherited options that a command describes differently.

use std::sync::Arc;

use super::Lower;
use super::args::is_true;
use crate::diagnostic::Code;
use crate::ir::{ArgSet, Name};
use crate::source::Spanned;
use crate::spec::{self, Map};

impl Lower<'_> {
    /// Returns the inherited sets with the descriptions of this command, and the options that it describes.
    pub(super) fn inherited(
        &mut self,
        written: Map<spec::Inherited>,
        above: &[Arc<ArgSet>],
        path: &[String],
    ) -> (Vec<Arc<ArgSet>>, Vec<Name>) {
        let mut sets = above.to_vec();
        let mut described = Vec::new();
        for (name, keys) in written.0 {
            let found = sets.iter().enumerate().find_map(|(number, set)| {
                let at = set.args.iter().position(|arg| *arg.id == *name)?;
                set.args[at]
                    .is_accepted_after_name()
                    .then_some((number, at))
            });
            let Some((number, at)) = found else {
                let known = sets.iter().flat_map(|set| &set.args);
                let known = known.filter(|arg| arg.is_accepted_after_name());
                let known: Vec<&str> = known.map(|arg| arg.id.as_str()).collect();
                self.problems
                    .error(
                        Code::DanglingReference,
                        name.span,
                        format!("`{}` inherits no option `{}`", path.join(" "), *name),
                    )
                    .label("no such option in a parent command")
                    .suggest_name(&name, name.span, known);
                continue;
            };
            let mut set = ArgSet::clone(&sets[number]);
            let arg = &mut set.args[at];
            if let Some(help) = keys.help {
                arg.help = Spanned::new(self.inlines(&help), help.span);
                arg.description = self.blocks(keys.description);
            } else if keys.description.is_some() {
                arg.description = self.blocks(keys.description);
            }
            arg.hidden = keys.hidden.map_or(arg.hidden, |_| is_true(keys.hidden));
            sets[number] = Arc::new(set);
            described.push(name);
        }
        (sets, described)
    }
}
