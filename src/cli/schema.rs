//! `trainboard schema`

use super::args::SchemaFile;
use super::failure::Failure;
use super::print;
use crate::input::schema;
use crate::views::json;

pub(super) fn run(file: SchemaFile) -> Result<(), Failure> {
    print(&match file {
        SchemaFile::Schedule => schema::schedule(),
        SchemaFile::Settings => schema::settings(),
        SchemaFile::Board => json::schema(),
    })
}
