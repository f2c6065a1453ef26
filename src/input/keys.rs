//! The keys of the tables of our files: what reads them, describes them to
//! editors and writes them, all from one definition of each.

pub(super) use serde_json::Value as Json;

pub(super) use super::table::{Spot, Table};
pub(super) use super::written::{Section, as_json};

/// A table that is known key by key.
pub(super) trait Keyed: Sized {
    /// Its keys.
    const SHAPE: &'static Shape;

    /// Reads all of its keys; nothing when one that it needs is missing or wrong.
    fn read_keys(table: &Table<'_>) -> Option<Self>;

    /// Writes all that it says.
    fn write_keys(&self, section: &mut Section);
}

/// A value that may stand behind a key.
pub(super) trait Value: Sized {
    /// What a text of this form looks like, where quotes alone make none.
    const EXAMPLE: Option<&'static str> = None;
    /// The keys of the table that it is, if it is one.
    const TABLE: Option<&'static Shape> = None;

    /// Reads it and reports what is wrong with it.
    fn read(spot: &Spot<'_>) -> Option<Self>;

    /// Its JSON Schema, within the limits that its key may have.
    fn schema(limits: Option<Limits>) -> Json;

    /// Adds it to the table that is written, unless it says nothing.
    fn write(&self, key: &'static str, section: &mut Section);
}

/// The least and the greatest number, or length of a list.
pub(super) type Limits = (usize, usize);

/// The keys of a table.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) keys: &'static [Key],
    /// Keys that exclude each other, and what to say of both.
    pub(super) clash: &'static [([&'static str; 2], &'static str)],
}

impl Shape {
    /// The key of that name, if it is known here.
    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// A key of a table.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    /// A sentence for those who write the file.
    pub(super) meaning: &'static str,
    pub(super) is_required: bool,
    pub(super) limits: Option<Limits>,
    /// The value that counts without the key.
    pub(super) usual: Option<fn() -> Json>,
    pub(super) schema: fn(Option<Limits>) -> Json,
    pub(super) example: Option<&'static str>,
    pub(super) table: Option<&'static Shape>,
}

impl Key {
    pub(super) const fn of<T: Value>(name: &'static str, meaning: &'static str) -> Self {
        Self {
            name,
            meaning,
            is_required: false,
            limits: None,
            usual: None,
            schema: T::schema,
            example: T::EXAMPLE,
            table: T::TABLE,
        }
    }
}

/// Makes tables [`Keyed`]. What the definitions look like is said where those
/// of `schedule.toml` are, in `schedule::draft`.
macro_rules! keys {
    ($(
        $(#[$about:meta])*
        $Table:ident {
            must { $( #[doc = $must_meaning:literal] $must:ident: $Must:ty = $must_key:literal, )* }
            may { $(
                #[doc = $may_meaning:literal]
                $may:ident: $May:ty = $may_key:literal $(in $limits:tt)? $(as $Form:ident)?
                    $(usually $usual:literal)? $(or $default:expr)?,
            )* }
            $(not $one:literal with $other:literal: $why:literal)?
        }
    )*) => {$(
        const _: () = {
            use $crate::input::keys::{
                Json, Key, Keyed, Limits, Section, Shape, Spot, Table, Value,
            };

            impl Keyed for $Table {
                const SHAPE: &'static Shape = &Shape {
                    keys: &[
                        $( Key { is_required: true, ..Key::of::<$Must>($must_key, $must_meaning) }, )*
                        $( Key {
                            $( limits: Some($limits), )?
                            $( usual: Some(|| $crate::input::keys::as_json::<$May>(&$default)), )?
                            $( usual: Some(|| $usual.into()), )?
                            $( schema: $Form::<$May>::schema, )?
                            ..Key::of::<$May>($may_key, $may_meaning)
                        }, )*
                    ],
                    clash: &[$( ([$one, $other], $why) )?],
                };

                fn read_keys(table: &Table<'_>) -> Option<Self> {
                    $( let $must = table.must($must_key); )*
                    $( let $may: Option<$May> = table.may($may_key)
                        $( .map(|list: $Form<$May>| list.0) )?
                        $( .map(|said: Option<$May>| said.unwrap_or($default)) )?; )*
                    Some(Self { $( $must: $must?, )* $( $may: $may?, )* })
                }

                fn write_keys(&self, section: &mut Section) {
                    $( self.$must.write($must_key, section); )*
                    $( $( if self.$may != $default )? {
                        self.$may.write($may_key, section);
                    } )*
                }
            }

            impl Value for $Table {
                const TABLE: Option<&'static Shape> = Some(Self::SHAPE);

                fn read(spot: &Spot<'_>) -> Option<Self> {
                    Self::read_keys(&spot.table(Self::SHAPE)?)
                }

                fn schema(_: Option<Limits>) -> Json {
                    $crate::input::schema::table(Self::SHAPE)
                }

                fn write(&self, key: &'static str, section: &mut Section) {
                    section.add_table(key, self);
                }
            }
        };
    )*};
}
