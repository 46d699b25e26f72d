"""What people look at: their work, the queue, a search, a case's time line. Each page is a fixed number of queries, and none
of them costs more because the table has grown."""

from .asking import Filters, Place
from .earlier import Earlier, earlier, like_the_same
from .listing import Page, queue, search
from .numbered import by_id, numbered
from .queue_row import QueueRow
from .reach import Reach, reach_of
from .timeline import Entry, timeline
from .work import Counts, Glance, Narrow, counts, glance, my_work
from .work_item import WorkItem

__all__ = [
    "Counts",
    "Earlier",
    "Entry",
    "Filters",
    "Glance",
    "Narrow",
    "Page",
    "Place",
    "QueueRow",
    "Reach",
    "WorkItem",
    "by_id",
    "counts",
    "earlier",
    "glance",
    "like_the_same",
    "my_work",
    "numbered",
    "queue",
    "reach_of",
    "search",
    "timeline",
]
