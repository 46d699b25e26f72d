"""The pages' addresses: nouns, in the words of the glossary."""

from django.urls import URLPattern, path

from .views import (
    acts,
    appearance,
    books,
    case,
    corrections,
    desk,
    documents,
    drafts,
    files,
    notices,
    policy,
    queue,
    reports,
    setup,
    signing_in,
    work,
)

urlpatterns: list[URLPattern] = [
    path("", work.work, name="work"),
    path("sign-in", signing_in.SignIn.as_view(), name="sign-in"),
    path("sign-out", signing_in.SignOut.as_view(), name="sign-out"),
    path("appearance", appearance.appearance, name="appearance"),
    path("desk", desk.desk, name="desk"),
    path("cases", queue.queue, name="queue"),
    path("cases/<uuid:case_id>", case.case, name="case"),
    path("cases/<uuid:case_id>/acts/<str:act_id>", acts.act, name="act"),
    path("cases/<uuid:case_id>/acts/<str:act_id>/draft", drafts.draft, name="draft"),
    path("cases/<uuid:case_id>/approvals/<str:key>", acts.approval, name="approval"),
    path("cases/<uuid:case_id>/reveals", case.reveal, name="reveal"),
    path("cases/<uuid:case_id>/documents/<str:document_id>", documents.document, name="document"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>", files.file, name="file"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/small", files.file_thumb, name="file-thumb"),
    path("uploads", files.uploads, name="uploads"),
    path("uploads/<uuid:file_id>/small", files.held_thumb, name="held-thumb"),
    path("corrections", corrections.corrections, name="corrections"),
    path("notices", notices.notices, name="notices"),
    path("books", books.books, name="books"),
    path("books/<str:book_id>", books.book, name="book"),
    path("reports", reports.reports, name="reports"),
    path("policy", policy.policy, name="policy"),
    path("setup", setup.setup, name="setup"),
]
