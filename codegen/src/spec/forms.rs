//! Types that describe values which serde reads as strings. `schema` defines how each may be written.

/// `false`, or something else.
pub(crate) struct FalseOr<T>(std::marker::PhantomData<T>);

/// The name of a type: one of the built-in names or a Rust path.
pub(crate) struct TypeName;

/// What a shell completes: one of the built-in kinds or a name of the program's own.
pub(crate) struct CompleteName;

/// A number, with or without a fraction.
pub(crate) struct Number;

/// A date.
pub(crate) struct Date;

/// A number, or a range.
pub(crate) struct Range;

/// `true` for any number, or a number, or a range.
pub(crate) struct Repeat;
