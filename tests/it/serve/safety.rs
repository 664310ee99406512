//! T12, T13, and what must never be served. In: addresses that lead out, hosts that are not ours, files that are no files, busy
//! ports. Out: nothing of the machine's; a clear word.

use std::{fs, net::TcpListener, process::Command};

use super::client::{PATIENCE, Served, until};
use crate::site::Site;

fn newsroom() -> Site {
    Site::new()
        .article("a.md", "title: One\ndate: 2023-09-12", "![x](p.svg)\n")
        .file(
            "content/articles/p.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"9\"/>",
        )
        .file("static/data.txt", "open")
        .file("static/.hidden", "hidden words")
        .file("secret.txt", "hidden words")
}

#[test]
fn nothing_outside_the_sites_outputs_is_served() {
    let site = newsroom();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("x.txt"), "hidden words").unwrap();
    std::os::unix::fs::symlink(outside.path().join("x.txt"), site.path("static/link.txt")).unwrap();
    std::os::unix::fs::symlink(outside.path(), site.path("static/folder")).unwrap();
    let made = Command::new("mkfifo").arg(site.path("static/pipe.txt")).status().unwrap();
    assert!(made.success());
    let served = site.watched();
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/%252e%252e/secret.txt",
        "/static/..\\secret.txt",
        "/..%5csecret.txt",
        "/secret.txt",
        "/./../secret.txt",
        "/a/../../secret.txt",
        "//secret.txt",
        "/secret.txt%00.html",
        "/brief.yaml",
        "/content/articles/a.md",
        "/static/data.txt",
        "/.hidden",
        "/.brief/serve.redb",
        "/.brief/lock",
        "/link.txt",
        "/folder/x.txt",
        "/pipe.txt",
        "/etc/passwd",
        "/..;/secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/%ff",
        "/%",
        "/%zz",
    ] {
        let answer = served.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.text().contains("hidden words"), "{path}");
    }
    let odd: [&[u8]; 4] = [
        b"GET secret.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /a\x00b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET http://localhost/../secret.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ];
    for request in odd {
        let answer = served.send(request);
        assert!(matches!(answer.status, 400 | 404 | 421), "{}", answer.status);
    }
    assert_eq!(served.page("/data.txt"), "open");
}

#[test]
fn what_becomes_a_link_or_a_pipe_while_it_is_served_is_not_followed() {
    let site = newsroom();
    let served = site.serve(&[]);
    fs::remove_file(site.path("static/data.txt")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", site.path("static/data.txt")).unwrap();
    fs::remove_file(site.path("content/articles/p.svg")).unwrap();
    let made = Command::new("mkfifo").arg(site.path("content/articles/p.svg")).status().unwrap();
    assert!(made.success());
    for path in ["/data.txt", "/media/articles/p.svg"] {
        let answer = served.get(path);
        assert_eq!(answer.status, 500, "{path}");
        assert!(!answer.text().contains("root:"));
    }
    assert!(served.page("/").contains("One"));
}

#[test]
fn a_request_for_another_host_is_turned_away() {
    let site = newsroom();
    let served = site.watched();
    let own = [
        format!("localhost:{}", served.port),
        format!("127.0.0.1:{}", served.port),
        format!("[::1]:{}", served.port),
        "localhost".to_owned(),
        "news.localhost".to_owned(),
    ];
    for host in &own {
        assert_eq!(served.ask("GET", "/", &[("Host", host)]).status, 200, "{host}");
    }
    for host in [
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "10.0.0.1",
        "",
        "127.0.0.1.nip.io",
    ] {
        for path in ["/", "/.brief/events", "/.brief/reload.js"] {
            let answer = served.ask("GET", path, &[("Host", host)]);
            assert_eq!(answer.status, 421, "{host} {path}");
            assert!(!answer.text().contains("<html"), "{host}");
        }
    }
    let target = format!(
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
        served.port
    );
    assert_eq!(served.send(target.as_bytes()).status, 421);
    assert_eq!(served.send(b"GET / HTTP/1.0\r\n\r\n").status, 421, "a host is named");
    let two =
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(served.send(two).status, 400, "one host is named");
}

#[test]
fn a_busy_port_gives_way_to_the_next_one() {
    // A port whose next one is free as well.
    let (busy, port) = (0..100)
        .find_map(|_| {
            let busy = TcpListener::bind(("127.0.0.1", 0)).ok()?;
            let port = busy.local_addr().ok()?.port();
            TcpListener::bind(("127.0.0.1", port.checked_add(1)?)).ok().map(|_| (busy, port))
        })
        .unwrap();
    let site = newsroom();
    let asked = port.to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
    let served = Served::start(command.args(["serve", "--port", &asked]), &site.path(""));
    assert_ne!(served.port, port);
    assert_eq!(served.get("/").status, 200, "the address that it says is true");
    until(|| served.said().contains(&format!("port {port} is busy")), || served.said());

    let ran = site.cli(&["serve", "--port", &asked, "--strict-port"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    assert!(ran.stderr.contains(&asked), "{}", ran.stderr);
    drop(busy);
    let ran = site.cli(&["serve", "--bind", "no.such.host.invalid"]);
    assert_eq!((ran.code, ran.stderr.lines().count()), (2, 1), "{}", ran.stderr);
}

#[test]
fn it_listens_to_this_machine_alone_unless_it_is_told_otherwise() {
    let site = newsroom();
    let served = site.serve(&[]);
    assert!(served.url().starts_with("http://127.0.0.1:"), "{}", served.url());
    let sockets = fs::read_to_string("/proc/net/tcp").unwrap_or_default();
    let port = format!("0100007F:{:04X}", served.port);
    let is_loopback = sockets.is_empty() || sockets.lines().any(|line| line.contains(&port));
    assert!(is_loopback, "{sockets}");
    let named = site.serve(&["--bind", "localhost"]);
    assert!(named.url().starts_with("http://localhost:"), "{}", named.url());
    let open = site.serve(&["--bind", "0.0.0.0"]);
    until(|| open.said().contains("can read this site"), || open.said());
    assert_eq!(open.get("/").status, 200);
}

#[test]
fn it_ends_at_once() {
    let site = newsroom();
    let served = site.watched();
    let _events = served.events();
    let (status, time) = served.interrupt();
    assert!(!status.success());
    assert!(time < PATIENCE, "{time:?}");
    // What it left can be used.
    let served = site.serve(&[]);
    assert!(served.page("/").contains("One"));
}
