"""An ``.eml`` file: its subject, its date, and its text part, or else its HTML part."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage, Message

from statements.ingest.formats import Extract, Unreadable
from statements.ingest.formats.decoding import decode_declared
from statements.ingest.formats.page import read_page

SEALED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}


def read_mail(content: bytes, _declared: str = "") -> Extract:
    message = email.message_from_bytes(content, policy=email.policy.default)
    parts = list(message.walk())
    if any(part.get_content_type() in SEALED for part in parts):
        raise Unreadable("encrypted")
    body = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
    if body is None:
        raise Unreadable("no_text")
    payload = body.get_payload(decode=True)
    content_of_body = payload if isinstance(payload, bytes) else b""
    declared = body.get_content_charset() or ""
    if body.get_content_type() == "text/html":
        inner = read_page(content_of_body, declared)
    else:
        text, _encoding = decode_declared(content_of_body, declared)
        inner = Extract(text.replace("\r\n", "\n").split("\n-- \n")[0].strip().replace("\x00", ""))
    head = [header(message, "Subject"), dated(message)]
    if inner.text.startswith(head[0]):
        head[0] = ""
    inner.text = "\n\n".join(part for part in (*head, inner.text) if part)
    if any(part.get_filename() for part in parts):
        inner.remarks.append("attachments")
    return inner


def header(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def dated(message: Message) -> str:
    """The day of the mail as its sender's clock had it, in words that are read as a date."""
    moment = getattr(message.get("Date"), "datetime", None)
    return f"{moment.day} {moment:%B %Y}" if moment else header(message, "Date")
