//! Names for forms of values that serde reads as text: `schema` says how each may be written.

/// `false`, or something else.
pub(crate) struct FalseOr<T>(std::marker::PhantomData<T>);

/// The name of a type: a word or a path of Rust.
pub(crate) struct TypeName;

/// A number, whole or not.
pub(crate) struct Number;

/// A day.
pub(crate) struct Date;

/// How many: a number, or the smallest and the largest.
pub(crate) struct Range;

/// Whether something is repeated, or how often.
pub(crate) struct Repeat;
