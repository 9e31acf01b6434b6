//! A serialized value as a tree, which keeps the order of members and non-finite numbers.

use std::fmt;

use serde::Serialize;
use serde::ser::{self, Impossible, SerializeMap, SerializeSeq, Serializer};

/// A JSON value, or a number that JSON can't represent.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    Null,
    Boolean(bool),
    Integer(i128),
    /// A floating-point number, which may be infinite or NaN.
    Float(f64),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

/// Serializes a value to a tree.
pub(super) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Tree, Error> {
    value.serialize(TreeSerializer)
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i128(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Text(value) => serializer.serialize_str(value),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                serializer.collect_map(members.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

/// The reason why a value can't be serialized.
#[derive(Debug)]
pub(super) struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl ser::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// The serializer of tuples and of variants with data, which results never contain.
type Unsupported = Impossible<Tree, Error>;

fn unsupported<T>() -> Result<T, Error> {
    Err(Error("contains a value of an unsupported type".into()))
}

/// A serializer that creates a tree.
struct TreeSerializer;

/// Implements the methods for primitive types.
macro_rules! numbers {
    ($($method:ident($kind:ty) => $variant:ident as $wide:ty,)*) => {
        $(fn $method(self, value: $kind) -> Result<Tree, Error> {
            Ok(Tree::$variant(<$wide>::from(value)))
        })*
    };
}

impl Serializer for TreeSerializer {
    type Ok = Tree;
    type Error = Error;
    type SerializeSeq = List;
    type SerializeTuple = Unsupported;
    type SerializeTupleStruct = Unsupported;
    type SerializeTupleVariant = Unsupported;
    type SerializeMap = Object;
    type SerializeStruct = Object;
    type SerializeStructVariant = Unsupported;

    numbers! {
        serialize_bool(bool) => Boolean as bool,
        serialize_i8(i8) => Integer as i128,
        serialize_i16(i16) => Integer as i128,
        serialize_i32(i32) => Integer as i128,
        serialize_i64(i64) => Integer as i128,
        serialize_i128(i128) => Integer as i128,
        serialize_u8(u8) => Integer as i128,
        serialize_u16(u16) => Integer as i128,
        serialize_u32(u32) => Integer as i128,
        serialize_u64(u64) => Integer as i128,
        serialize_f32(f32) => Float as f64,
        serialize_f64(f64) => Float as f64,
        serialize_char(char) => Text as String,
        serialize_str(&str) => Text as String,
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Tree, Error> {
        unsupported()
    }

    fn serialize_none(self) -> Result<Tree, Error> {
        Ok(Tree::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Tree, Error> {
        of(value)
    }

    fn serialize_unit(self) -> Result<Tree, Error> {
        Ok(Tree::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Tree, Error> {
        Ok(Tree::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Tree, Error> {
        Ok(Tree::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Tree, Error> {
        of(value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Tree, Error> {
        unsupported()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List, Error> {
        Ok(List(Vec::new()))
    }

    fn serialize_tuple(self, _: usize) -> Result<Unsupported, Error> {
        unsupported()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Unsupported, Error> {
        unsupported()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Unsupported, Error> {
        unsupported()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object, Error> {
        Ok(Object(Vec::new()))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object, Error> {
        Ok(Object(Vec::new()))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Unsupported, Error> {
        unsupported()
    }
}

/// A list under construction.
struct List(Vec<Tree>);

impl SerializeSeq for List {
    type Ok = Tree;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.0.push(of(value)?);
        Ok(())
    }

    fn end(self) -> Result<Tree, Error> {
        Ok(Tree::List(self.0))
    }
}

/// An object under construction. A name is stored as a member with the value `null` until its value
/// follows.
struct Object(Vec<(String, Tree)>);

impl SerializeMap for Object {
    type Ok = Tree;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let Tree::Text(name) = of(key)? else {
            return unsupported();
        };
        self.0.push((name, Tree::Null));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        match self.0.last_mut() {
            Some((_, place)) => *place = of(value)?,
            None => return unsupported(),
        }
        Ok(())
    }

    fn end(self) -> Result<Tree, Error> {
        Ok(Tree::Object(self.0))
    }
}

impl ser::SerializeStruct for Object {
    type Ok = Tree;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.0.push((name.to_owned(), of(value)?));
        Ok(())
    }

    fn end(self) -> Result<Tree, Error> {
        Ok(Tree::Object(self.0))
    }
}
