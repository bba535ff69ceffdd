//! The foreign reader, and what it tells of a program.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use serde::Deserialize;
use serde_json::{Value, json};
use tests::desktop::{Desktop, Process};

/// Longer than any screen takes to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// What can be done something with; the names are AT-SPI's.
const CONTROLS: [&str; 5] = [
    "push button",
    "toggle button",
    "check box",
    "radio button",
    "entry",
];

/// One element of the tree.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Element {
    path: Vec<usize>,
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) description: String,
    states: Vec<String>,
    pub(crate) actions: Vec<String>,
}

impl Element {
    pub(crate) fn is(&self, state: &str) -> bool {
        self.states.iter().any(|it| it == state)
    }

    pub(crate) fn is_control(&self) -> bool {
        CONTROLS.contains(&self.role.as_str())
    }

    /// Not an entry, which is typed into.
    pub(crate) fn is_pressed(&self) -> bool {
        self.is_control() && self.role != "entry"
    }
}

/// Everything that is told of one screen.
pub(crate) type Tree = Vec<Element>;

pub(crate) struct Listener {
    tell: ChildStdin,
    told: BufReader<ChildStdout>,
    /// The program that is listened to.
    program: u32,
    /// As it was told last.
    tree: Tree,
    _reader: Process,
}

impl Listener {
    pub(crate) fn before(desktop: &Desktop, program: u32) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screen_reader/reader.py");
        // Debian's own Python: the library's binding is a package of Debian's.
        let mut reader = desktop
            .furnish(
                Command::new("/usr/bin/python3")
                    .args(["-W", "ignore"])
                    .arg(script),
            )
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut listener = Self {
            tell: reader.stdin.take().unwrap(),
            told: BufReader::new(reader.stdout.take().unwrap()),
            program,
            tree: Tree::new(),
            _reader: Process(reader),
        };
        assert_eq!(listener.hear(), "ready");
        listener
    }

    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.told.read_line(&mut line).unwrap();
        serde_json::from_str(&line).expect("the reader ended")
    }

    fn ask(&mut self, question: &Value) -> Value {
        writeln!(self.tell, "{question}").unwrap();
        self.hear()
    }

    /// Nothing while the program is not to be heard, or changes meanwhile.
    fn tree(&mut self) -> Tree {
        let program = self.program;
        serde_json::from_value(self.ask(&json!({ "tree": program }))).unwrap_or_default()
    }

    /// Reads until it is so.
    pub(crate) fn until(&mut self, wanted: &str, mut is_it: impl FnMut(&Tree) -> bool) -> Tree {
        let given_up = Instant::now() + PATIENCE;
        loop {
            let tree = self.tree();
            if is_it(&tree) {
                self.tree.clone_from(&tree);
                return tree;
            }
            let told: Vec<_> = tree.iter().map(|it| (&it.role, &it.name)).collect();
            assert!(
                Instant::now() < given_up,
                "waited in vain until {wanted}; told is {told:?}"
            );
        }
    }

    /// Reads until a control with this name can be used.
    pub(crate) fn until_there_is(&mut self, name: &str) -> Tree {
        self.until(name, |tree| find(tree, name).is_some())
    }

    /// Does what the control with this name does, as a reader's user would.
    pub(crate) fn press(&mut self, name: &str) {
        loop {
            if find(&self.tree, name).is_none() {
                self.until_there_is(name);
            }
            let control = find(&self.tree, name).unwrap();
            assert!(!control.actions.is_empty(), "{control:?} does nothing");
            let question = json!({ "press": [self.program, control.path, name] });
            match self.ask(&question).as_bool() {
                Some(done) => return assert!(done, "{name:?} does nothing"),
                // Something else has come there meanwhile.
                None => self.tree.clear(),
            }
        }
    }
}

/// Of several the last lies on top.
pub(crate) fn find<'a>(tree: &'a Tree, name: &str) -> Option<&'a Element> {
    let is_it = |it: &&Element| it.is_pressed() && it.name == name;
    tree.iter().rfind(is_it)
}
