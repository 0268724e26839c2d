"""The day's list: Enter opens a task, Space does what comes next with it."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from postal_desk.i18n import _
from postal_desk.ui.today.task_delegate import TaskDelegate
from postal_desk.ui.today.task_model import TaskModel


class TaskList(QListView):
    """``opened`` and ``done`` give the task that is lit; ``lit`` tells that another one is."""

    opened = Signal(object)
    done = Signal(object)
    lit = Signal()

    def __init__(self, model: TaskModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(TaskDelegate(self))
        self.setAccessibleName(_("What is to be done"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.doubleClicked.connect(lambda index: self._emit(index.row()))

    def light(self, row: int) -> None:
        """Put the cursor on a task."""
        if row >= 0:
            index = self._model.index(row, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            above = self._model.index(max(0, row - 1), 0)
            self.scrollTo(above if self._model.task(row - 1) is None else index)  # with its heading

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.lit.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        task = self._model.task(row)
        if task is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(task)
        elif task is not None and event.key() == Qt.Key.Key_Space:
            self.done.emit(task)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _emit(self, row: int) -> None:
        task = self._model.task(row)
        if task is not None:
            self.opened.emit(task)
