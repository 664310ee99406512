//! A browser and an editor for tests. In: a site in a folder. Out: [`Served`], the running program, which is asked over a socket;
//! [`Events`], what it tells browsers.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, channel},
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::site::Site;

/// How long anything is waited for on a busy machine before a test fails.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);
/// How long nothing must happen where nothing is to happen.
pub(super) const SILENCE: Duration = Duration::from_millis(500);
/// "Now" for sites of [`Site::new`].
pub(super) const NOW: &str = "2024-01-01T00:00:00Z";

/// The running program; it ends with the value.
pub(super) struct Served {
    child: Child,
    pub(super) port: u16,
    out: Arc<Mutex<String>>,
    err: Arc<Mutex<String>>,
}

/// What was answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: BTreeMap<String, String>,
    pub(super) body: Vec<u8>,
}

/// One event.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) name: String,
    pub(super) said: Value,
}

/// What a browser is told from now on.
pub(super) struct Events(Receiver<Told>);

impl Site {
    /// Serves the site at a free port; returns when it can be looked at.
    pub(super) fn serve(&self, arguments: &[&str]) -> Served {
        let mut all = vec!["serve", "--port", "0"];
        if !arguments.contains(&"--now") {
            all.extend(["--now", NOW]);
        }
        all.extend(arguments);
        Served::start(Command::new(env!("CARGO_BIN_EXE_brief")).args(all), &self.path(""))
    }

    /// The same, noticing changes as the system tells them.
    pub(super) fn watched(&self) -> Served {
        self.serve(&["--watch"])
    }
}

/// Collects what a pipe says.
fn collect(pipe: impl Read + Send + 'static) -> Arc<Mutex<String>> {
    let said: Arc<Mutex<String>> = Arc::default();
    let into = Arc::clone(&said);
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            into.lock().unwrap().push_str(&format!("{line}\n"));
        }
    });
    said
}

/// Asks again and again until something is so, or fails with what `or` says.
#[track_caller]
pub(super) fn until(mut is_so: impl FnMut() -> bool, or: impl FnOnce() -> String) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "{}", or());
        thread::sleep(Duration::from_millis(10));
    }
}

impl Served {
    /// Starts a command in a folder; it must come to serve.
    #[track_caller]
    pub(super) fn start(command: &mut Command, folder: &Path) -> Self {
        match Self::launch(command, folder) {
            Ok(served) => served,
            Err(said) => panic!("nothing is served:\n{said}"),
        }
    }

    fn launch(command: &mut Command, folder: &Path) -> Result<Self, String> {
        let mut child = command
            .current_dir(folder)
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = collect(child.stdout.take().unwrap());
        let err = collect(child.stderr.take().unwrap());
        let mut served = Self { child, port: 0, out, err };
        let mut has_ended = false;
        until(
            || {
                has_ended = served.child.try_wait().unwrap().is_some();
                has_ended || served.is_ready()
            },
            || "it neither serves nor ends".to_owned(),
        );
        if !served.is_ready() {
            return Err(served.said());
        }
        served.port = served.url().rsplit_once(':').unwrap().1.parse().unwrap();
        Ok(served)
    }

    fn is_ready(&self) -> bool {
        self.out.lock().unwrap().contains(" articles at ")
    }

    /// Where it says that it is, without the path.
    pub(super) fn url(&self) -> String {
        let out = self.out.lock().unwrap();
        let url = out.split(" articles at ").nth(1).unwrap().split_whitespace().next().unwrap();
        let (scheme, rest) = url.split_once("://").unwrap();
        format!("{scheme}://{}", rest.split('/').next().unwrap())
    }

    /// All that stands on the terminal.
    pub(super) fn said(&self) -> String {
        format!("{}{}", self.out.lock().unwrap(), self.err.lock().unwrap())
    }

    /// The number of the process.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Interrupts it as Ctrl-C does; how it ended, in what time.
    pub(super) fn interrupt(mut self) -> (std::process::ExitStatus, Duration) {
        let started = Instant::now();
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        (self.child.wait().unwrap(), started.elapsed())
    }

    /// The answer for a path, as a browser asks for it.
    pub(super) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// The answer to a request with headers.
    pub(super) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            text.push_str(&format!("Host: 127.0.0.1:{}\r\n", self.port));
        }
        headers.iter().for_each(|(name, value)| text.push_str(&format!("{name}: {value}\r\n")));
        self.send(format!("{text}\r\n").as_bytes())
    }

    /// A connection on which nothing has been said yet.
    pub(super) fn connect(&self) -> std::io::Result<TcpStream> {
        let stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(stream)
    }

    /// The answer to bytes.
    pub(super) fn send(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect().unwrap();
        stream.write_all(request).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        Answer::read(&answer)
    }

    /// The text at a path, which must be there.
    #[track_caller]
    pub(super) fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}\n{}", self.said());
        answer.text()
    }

    /// Listens; the first word has been heard.
    pub(super) fn events(&self) -> Events {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let request =
            format!("GET /.brief/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).unwrap();
        let (sender, receiver) = channel();
        thread::spawn(move || {
            let mut name = String::new();
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if let Some(it) = line.strip_prefix("event: ") {
                    it.clone_into(&mut name);
                } else if let Some(data) = line.strip_prefix("data: ") {
                    let told =
                        Told { name: name.clone(), said: serde_json::from_str(data).unwrap() };
                    if sender.send(told).is_err() {
                        return;
                    }
                }
            }
        });
        let events = Events(receiver);
        assert_eq!(events.next().name, "hello");
        events
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.map(|line| line.split_once(':').unwrap());
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()));
        Self { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() }
    }

    /// The value of a header; empty if it is not there.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The body as text.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Events {
    /// The next event.
    #[track_caller]
    pub(super) fn next(&self) -> Told {
        self.0.recv_timeout(PATIENCE).expect("browsers are told")
    }

    /// What has been told and was not asked for yet.
    pub(super) fn try_next(&self) -> Option<Told> {
        self.0.try_recv().ok()
    }

    /// Nothing is told for a while.
    #[track_caller]
    pub(super) fn are_silent(&self) {
        let told = self.0.recv_timeout(SILENCE).ok();
        assert!(told.is_none(), "nothing was to be told: {told:?}");
    }

    /// The next event is of this name, and no other follows.
    #[track_caller]
    pub(super) fn only(&self, name: &str) -> Value {
        let told = self.next();
        assert_eq!(told.name, name, "{}", told.said);
        self.are_silent();
        told.said
    }
}
