//! Keys whose value is one of a few words.

/// One of a few words.
pub trait Choice: Copy + PartialEq + 'static {
    /// All words, in the order in which messages name them.
    const ALL: &'static [(&'static str, Self)];

    /// The word.
    fn word(self) -> &'static str {
        let own = Self::ALL.iter().find(|(_, choice)| *choice == self);
        own.map_or("", |(word, _)| word)
    }
}

/// Defines an enum, and the word that a file has for each of its variants.
macro_rules! choice {
    (
        $(#[$about:meta])*
        $Choice:ident { $( $(#[$meaning:meta])* $Variant:ident = $word:literal, )* }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Choice { $( $(#[$meaning])* $Variant, )* }

        impl $crate::schedule::Choice for $Choice {
            const ALL: &'static [(&'static str, Self)] = &[$( ($word, Self::$Variant) ),*];
        }

        impl $Choice {
            /// As a file writes it.
            pub fn as_str(self) -> &'static str {
                $crate::schedule::Choice::word(self)
            }
        }
    };
}

pub(crate) use choice;
