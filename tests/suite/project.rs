//! A project in a folder of its own, and what trainboard does there.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use snapbox::cmd::{Command, cargo_bin};
use snapbox::{IntoData, assert_data_eq};
use tempfile::TempDir;

/// A folder with the files of a project, which is there for as long as any of
/// its clones.
#[derive(Clone)]
pub(crate) struct Project {
    folder: Rc<TempDir>,
}

impl Project {
    pub(crate) fn new() -> Self {
        Self {
            folder: Rc::new(TempDir::new().unwrap()),
        }
    }

    /// A project with that schedule.
    pub(crate) fn with_schedule(text: &str) -> Self {
        Self::new().file("schedule.toml", text)
    }

    #[track_caller]
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    #[track_caller]
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// trainboard with these arguments, parted by spaces, in this folder and
    /// with nothing in its environment.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        self.run_program("trainboard", arguments)
    }

    /// One of the package's programs, called like that.
    pub(crate) fn run_program(&self, name: &str, arguments: &str) -> Run {
        let program = match name {
            "mdbook-trainboard" => cargo_bin!("mdbook-trainboard"),
            _ => cargo_bin!("trainboard"),
        };
        let command = Command::new(program)
            .env_clear()
            .current_dir(self.root())
            .args(arguments.split_whitespace());
        Run {
            command,
            folder: Rc::clone(&self.folder),
        }
    }
}

#[cfg(target_os = "linux")]
impl Project {
    /// trainboard with so many KiB of memory at most.
    pub(crate) fn run_within(&self, memory: u32, arguments: &str) -> Run {
        let program = cargo_bin!("trainboard").display().to_string();
        let script = format!("ulimit -v {memory}; exec \"$0\" {arguments}");
        let command = Command::new("sh")
            .env_clear()
            .current_dir(self.root())
            .args(["-c", &script, &program]);
        Run {
            command,
            folder: Rc::clone(&self.folder),
        }
    }
}

/// A call of trainboard.
pub(crate) struct Run {
    command: Command,
    /// Kept until the call is over.
    folder: Rc<TempDir>,
}

impl Run {
    pub(crate) fn env(self, name: &str, value: &str) -> Self {
        Self {
            command: self.command.env(name, value),
            folder: self.folder,
        }
    }

    /// With one more argument, which may have spaces in it.
    pub(crate) fn arg(self, argument: &str) -> Self {
        Self {
            command: self.command.arg(argument),
            folder: self.folder,
        }
    }

    /// In a folder of the project.
    pub(crate) fn inside(self, folder: &str) -> Self {
        Self {
            command: self.command.current_dir(self.folder.path().join(folder)),
            folder: self.folder,
        }
    }

    /// With that on stdin.
    pub(crate) fn stdin(self, text: impl AsRef<str>) -> Self {
        Self {
            command: self.command.stdin(snapbox::Data::binary(text.as_ref())),
            folder: self.folder,
        }
    }

    /// It ends with that code; what it says on stderr.
    #[track_caller]
    pub(crate) fn stderr(self, code: i32) -> String {
        let output = self.command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{said}");
        said
    }

    /// It succeeds; what it says on stdout.
    #[track_caller]
    pub(crate) fn succeeds(self) -> String {
        let output = self.command.output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{stderr}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// It ends with that code and says that on stderr.
    #[track_caller]
    pub(crate) fn fails(self, code: i32, stderr: impl IntoData) -> String {
        let output = self.command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_data_eq!(said.clone(), stderr.into_data());
        assert_eq!(output.status.code(), Some(code), "{said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The code with which it ends.
    #[track_caller]
    pub(crate) fn code(self) -> i32 {
        self.command.output().unwrap().status.code().unwrap()
    }

    /// However it ends, what it says on stdout.
    #[track_caller]
    pub(crate) fn ends(self) -> String {
        String::from_utf8(self.command.output().unwrap().stdout).unwrap()
    }

    /// However it ends, what it says on stderr.
    #[track_caller]
    pub(crate) fn told(self) -> String {
        String::from_utf8(self.command.output().unwrap().stderr).unwrap()
    }

    /// It succeeds; what it says on stderr.
    #[track_caller]
    pub(crate) fn says(self) -> String {
        let output = self.command.output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{stderr}");
        stderr
    }
}
